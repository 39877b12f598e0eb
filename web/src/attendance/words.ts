import { useLanguage } from '../words/words.tsx';
import { attendanceEn, type AttendanceWords } from './words.en.ts';
import { attendancePtBR } from './words.pt-BR.ts';

export function useAttendanceWords(): AttendanceWords {
  return useLanguage().language === 'pt-BR' ? attendancePtBR : attendanceEn;
}

/** Sites name their shifts themselves; the default one is named by us. */
export function shiftName(name: string, words: AttendanceWords): string {
  return name === attendanceEn.defaultShift ? words.defaultShift : name;
}
