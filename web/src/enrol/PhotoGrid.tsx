import { Loader } from '@mantine/core';
import { IconCheck, IconCross } from '../app/icons.tsx';
import { adviceText } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import classes from './enrol.module.css';
import type { Photo } from './photos.ts';

/** The photos so far, each with what was found about it and a way to remove it. */
export function PhotoGrid({ photos, onRemove }: { photos: readonly Photo[]; onRemove: (id: number) => void }) {
  const words = useWords();
  const w = words.enrol;
  return (
    <ul className={classes.photos}>
      {photos.map(({ id, url, verdict }, index) => (
        <li key={id} data-verdict={verdict === null ? 'open' : verdict.accepted ? 'good' : 'bad'}>
          <div className={classes.thumbnail}>
            <img src={url} alt={w.photo(index + 1)} />
            <button type="button" className={classes.remove} aria-label={w.remove(index + 1)} onClick={() => onRemove(id)}>
              <span>
                <IconCross size={18} />
              </span>
            </button>
          </div>
          <span className={classes.verdict}>
            {verdict === null ? (
              <>
                <Loader size={14} aria-hidden /> {w.checking}
              </>
            ) : verdict.accepted ? (
              <>
                <IconCheck size={16} /> {verdict.quality === null ? w.good : w.quality(verdict.quality)}
              </>
            ) : (
              (verdict.advice.map((advice) => adviceText(words, advice))[0] ?? w.notGood)
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
