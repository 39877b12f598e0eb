// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canvases } from '../testing/camera.ts';
import { problem, serve, showToOfficer } from '../testing/page.tsx';
import type { Subject } from './api.ts';
import { Capture } from './Capture.tsx';

const ANA: Subject = {
  id: 'ana-id', username: 'ana', display_name: 'Ana Souza', department: { code: 'icu', name: 'Intensive care' }, roles: ['STAFF'],
  active: true, legal_basis: null, enrolled_at: null,
};

beforeEach(() => {
  canvases();
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 640, height: 480, close: () => undefined }));
  URL.createObjectURL = () => 'blob:x';
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const photos = () => [...document.querySelectorAll<HTMLElement>('[data-verdict]')];
const verdicts = () => photos().map((one) => one.dataset['verdict']);
const choose = (count: number) =>
  fireEvent.change(document.querySelector('input[type=file]')!, {
    target: { files: Array.from({ length: count }, (_, index) => new File(['x'], `${index}.jpg`, { type: 'image/jpeg' })) },
  });

describe('photos of an enrolment', () => {
  it('each have their verdict, and one that is refused says why and counts for nothing', async () => {
    let checked = 0;
    const all = serve(({ path }) =>
      path.endsWith('/check')
        ? ++checked === 2
          ? { accepted: false, advice: [{ code: 'MORE_LIGHT', text: 'Find more light.' }], quality: 20 }
          : { accepted: true, advice: [], quality: 80 }
        : { images_used: 3, quality: 80 },
    );
    const enrolled: number[] = [];
    await showToOfficer(<Capture subject={ANA} onEnrolled={(done) => enrolled.push(done.images_used)} onBasisMissing={() => undefined} />);
    choose(3);
    await screen.findByText('Find more light');
    await waitFor(() => expect(verdicts()).toEqual(['good', 'bad', 'good']));
    expect(within(photos()[1]!).getByText('Find more light')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Enrol' }).disabled).toBe(true);

    fireEvent.click(screen.getByRole('button', { name: 'Remove photo 2' }));
    expect(verdicts()).toEqual(['good', 'good']);
    choose(1);
    fireEvent.click(await screen.findByRole('button', { name: 'Enrol with 3 photos' }));
    await waitFor(() => expect(enrolled).toEqual([3]));
    expect((all.at(-1)?.json as { face_images: string[] }).face_images).toHaveLength(3);
  });

  it('of somebody who may be enrolled already are sent again only when the officer says that it is another person', async () => {
    const all = serve(({ path, json }) =>
      path.endsWith('/check')
        ? { accepted: true, advice: [], quality: 80 }
        : (json as { confirm_distinct?: boolean }).confirm_distinct === true
          ? { images_used: 3, quality: 80 }
          : problem(409, 'possible-duplicate'),
    );
    const enrolled: number[] = [];
    await showToOfficer(<Capture subject={ANA} onEnrolled={(done) => enrolled.push(done.images_used)} onBasisMissing={() => undefined} />);
    choose(3);
    fireEvent.click(await screen.findByRole('button', { name: 'Enrol with 3 photos' }));
    const warning = within(await screen.findByRole('alert'));
    expect(enrolled).toEqual([]);
    fireEvent.click(warning.getByRole('button'));
    await waitFor(() => expect(enrolled).toEqual([3]));
    const sent = all.filter(({ path }) => path === '/face-auth/enroll').map(({ json }) => (json as { confirm_distinct?: boolean }).confirm_distinct);
    expect(sent).toEqual([undefined, true]);
  });
});
