interface IconProps {
  readonly size: number;
}

/** Decoration beside words, as those of the other pages. */
const icon = (path: string) =>
  function KioskIcon({ size }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.8}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        <path d={path} />
      </svg>
    );
  };

export const IconKeypad = icon('M6 5h.1M12 5h.1M18 5h.1M6 11h.1M12 11h.1M18 11h.1M6 17h.1M12 17h.1M18 17h.1M12 22h.1');
export const IconIn = icon('M13 4h5a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 18 20h-5M3.5 12H14M10 7.5l4.5 4.5-4.5 4.5');
export const IconOut = icon('M11 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h5M9.5 12H20M16 7.5l4.5 4.5-4.5 4.5');
export const IconTray = icon('M4 13.5h4l1.5 3h5l1.5-3h4M4 13.5V18a1.5 1.5 0 0 0 1.5 1.5h13A1.5 1.5 0 0 0 20 18v-4.5M12 3.5v7M8.8 7.7L12 10.8l3.2-3.1');
export const IconErase = icon('M9 5.5h10A1.5 1.5 0 0 1 20.5 7v10a1.5 1.5 0 0 1-1.5 1.5H9L3 12zM11 9.5l5 5M16 9.5l-5 5');
export const IconGear = icon(
  'M4 7h9.5M18.5 7H20M4 17h1.5M10.5 17H20M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
);
