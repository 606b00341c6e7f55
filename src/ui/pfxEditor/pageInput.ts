// What the page is made from: the inspected file, and who judges it.
import type { PfxView } from '../../pfx/view';
import type { Judge } from './judgement';

export interface PageInput {
  readonly uri: string;
  readonly fileName: string;
  readonly view: PfxView;
  readonly kind: 'pfx' | 'certificates';
  readonly isRemembered: boolean;
  readonly judge: Judge;
  readonly now: Date;
}
