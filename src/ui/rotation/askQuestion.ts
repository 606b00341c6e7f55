// Asks one open question of a plan; it may be left open, and then holds the cutover.
import * as vscode from 'vscode';
import type { Question } from '../../model/plan';
import { sentence, words } from '../face/say';
import { organizationRooms } from '../rooms';
import { askOne, type Answer } from './questions';
import { own } from '../../model/own';

/** The chosen answer; undefined within it is *decide later*. */
export async function askQuestion(question: Question): Promise<Answer<string | undefined>> {
  const { answerNames, questionSentence } = await organizationRooms();
  const later = {
    label: vscode.l10n.t('Decide later'),
    description: vscode.l10n.t('nothing is switched over while it is open'),
    value: undefined,
  };
  return askOne<string | undefined>(
    { title: words('Rotate Certificate'), step: 1, total: 1, prompt: sentence(questionSentence(question)) },
    words('What should happen to it?'),
    [...question.answers.map((value) => ({ label: own(answerNames, value) ?? value, value })), later],
  );
}
