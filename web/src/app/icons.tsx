import type { ReactNode } from 'react';

interface IconProps {
  readonly size?: number;
}

/** Icons are decoration beside words: screen readers pass over them. */
function Icon({ size = 22, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 32 ? 1.4 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const IconFace = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2" />
    <path d="M9.5 9.5v.6M14.5 9.5v.6M9.3 14.2a3.9 3.9 0 0 0 5.4 0" />
  </Icon>
);
export const IconKey = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="8" cy="15.5" r="3.8" />
    <path d="M10.8 12.8 19.5 4M16 7.6l2.4 2.4" />
  </Icon>
);
export const IconCamera = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5.5 8H8l1.5-2h5L16 8h2.5A1.5 1.5 0 0 1 20 9.5v7a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 16.5v-7A1.5 1.5 0 0 1 5.5 8z" />
    <circle cx="12" cy="13" r="3" />
  </Icon>
);
export const IconCameraOff = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 4l16 16M7 7H5.5A1.5 1.5 0 0 0 4 8.5v8A1.5 1.5 0 0 0 5.5 18H16.5M10 6h3l1.5 2H18.5A1.5 1.5 0 0 1 20 9.5v6M10.2 10.8a3 3 0 0 0 3.9 4" />
  </Icon>
);
export const IconCheck = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 12.5l4.5 4.5L19 7.5" />
  </Icon>
);
export const IconClock = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8" />
    <path d="M12 7.5V12l3 2" />
  </Icon>
);
export const IconAlert = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 8v4.5M12 15.8v.1" />
  </Icon>
);
export const IconShield = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 3.5l7 2.5v5.5c0 4.2-2.9 7.5-7 9-4.1-1.5-7-4.8-7-9V6z" />
    <path d="M9 12l2.2 2.2L15 10.3" />
  </Icon>
);
export const IconGlobe = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c2.4 2.3 3.6 5.1 3.6 8.5s-1.2 6.2-3.6 8.5c-2.4-2.3-3.6-5.1-3.6-8.5s1.2-6.2 3.6-8.5z" />
  </Icon>
);
export const IconMoon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M19.5 14.3A8 8 0 0 1 9.7 4.5a8 8 0 1 0 9.8 9.8z" />
  </Icon>
);
export const IconSearch = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="11" cy="11" r="6.5" />
    <path d="M16 16l4 4" />
  </Icon>
);
export const IconPlus = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);
export const IconCross = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />
  </Icon>
);
export const IconUpload = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 15.5V5M8 8.5L12 4.5l4 4M5 15.5V18a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 19 18v-2.5" />
  </Icon>
);
export const IconBack = (props: IconProps) => (
  <Icon {...props}>
    <path d="M19 12H5.5M11 6l-6 6 6 6" />
  </Icon>
);
export const IconPeople = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="9" cy="8.5" r="3.5" />
    <path d="M3 19.5c.3-3.4 2.7-5.5 6-5.5s5.7 2.1 6 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5c1.8.8 2.8 2.5 3 5" />
  </Icon>
);
export const IconSun = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1" />
  </Icon>
);
export const IconConsole = (props: IconProps) => (
  <Icon {...props}>
    <rect x="3.5" y="4.5" width="17" height="15" rx="2.5" />
    <path d="M3.5 9h17M9 9v10.5M12.5 12.5h4.5M12.5 15.8h3" />
  </Icon>
);
export const IconBuilding = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 20V5.5A1.5 1.5 0 0 1 6.5 4h7A1.5 1.5 0 0 1 15 5.5V20M15 10h3a1.5 1.5 0 0 1 1.5 1.5V20M3.5 20h17" />
    <path d="M8.5 8h3M8.5 11.5h3M8.5 15h3" />
  </Icon>
);
export const IconList = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.2 6.5h.1M4.2 12h.1M4.2 17.5h.1" />
  </Icon>
);
export const IconApps = (props: IconProps) => (
  <Icon {...props}>
    <rect x="4" y="4" width="6.5" height="6.5" rx="1.6" />
    <rect x="13.5" y="4" width="6.5" height="6.5" rx="1.6" />
    <rect x="4" y="13.5" width="6.5" height="6.5" rx="1.6" />
    <path d="M16.7 13.7v6M13.7 16.7h6" />
  </Icon>
);
export const IconPulse = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 12.5h4l2.5-6.5 4.5 12 2.5-5.5H21" />
  </Icon>
);
export const IconHome = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 11.5L12 4.5l8 7M6.5 10v9.5h11V10M10 19.5v-5h4v5" />
  </Icon>
);
