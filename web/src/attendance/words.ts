import { useLanguage } from '../words/words.tsx';
import { attendanceEn, type AttendanceWords } from './words.en.ts';
import { attendancePtBR } from './words.pt-BR.ts';

export function useAttendanceWords(): AttendanceWords {
  return useLanguage().language === 'pt-BR' ? attendancePtBR : attendanceEn;
}
