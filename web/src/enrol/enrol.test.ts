import { describe, expect, it } from 'vitest';
import { verdictsIn, type Verdict } from './api.ts';
import { codeFor } from './Departments.tsx';
import { initials } from './People.tsx';
import { goodOnes, MOST, photosAfter, type Photo } from './photos.ts';

const GOOD: Verdict = { accepted: true, advice: [], quality: 80 };
const BAD: Verdict = { accepted: false, advice: [{ code: 'MORE_LIGHT', text: 'Find more light.' }], quality: 12 };
const photo = (id: number, verdict: Verdict | null): Photo => ({ id, jpeg: new Blob(), url: `blob:${id}`, verdict });

describe('photos', () => {
  const three = [photo(4, GOOD), photo(5, null), photo(6, BAD)];

  it('are judged and removed by id', () => {
    expect(goodOnes(three).map((one) => one.id)).toEqual([4]);
    const judged = photosAfter(three, { type: 'judged', id: 5, verdict: GOOD });
    expect(goodOnes(judged).map((one) => one.id)).toEqual([4, 5]);
    expect(photosAfter(judged, { type: 'removed', id: 4 }).map((one) => one.id)).toEqual([5, 6]);
    expect(photosAfter(judged, { type: 'judged', id: 99, verdict: BAD })).toEqual(judged);
  });

  it('stop at the most that the server takes', () => {
    const full = Array.from({ length: MOST }, (_, id) => photo(id, GOOD));
    expect(photosAfter(full, { type: 'added', photo: photo(99, GOOD) })).toHaveLength(MOST);
    expect(photosAfter(full.slice(1), { type: 'added', photo: photo(99, GOOD) })).toHaveLength(MOST);
  });

  it('take the verdicts of an enrolment by their place among those sent', () => {
    const verdicts = verdictsIn({
      images: [
        { index: 0, accepted: true, advice: [], quality: 70.4 },
        { index: 1, accepted: false, reason: 'TOO_DARK', advice: BAD.advice, quality: null },
      ],
    });
    const answered = photosAfter(three, { type: 'answered', sent: [6, 4], verdicts });
    expect(answered.map((one) => one.verdict)).toEqual([
      { accepted: false, advice: BAD.advice, quality: null },
      null,
      { accepted: true, advice: [], quality: 70 },
    ]);
  });

  it.each([null, {}, { images: 'x' }, { images: [null, { accepted: true }] }])('survive the answer %j', (body) => {
    expect(verdictsIn(body).size).toBe(0);
  });
});

describe('names', () => {
  it.each([
    ['Centro Cirúrgico 2', 'centro-cirurgico-2'],
    ['  UTI — Adulto  ', 'uti-adulto'],
    ['***', ''],
  ])('the code for %s is %s', (name, code) => {
    expect(codeFor(name)).toBe(code);
  });

  it.each([
    ['Ana Beatriz Souza', 'AS'],
    ['Élodie', 'É'],
    ['', ''],
  ])('the initials of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
