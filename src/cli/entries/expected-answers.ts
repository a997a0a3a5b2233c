import { EXIT, Failure } from '../../domain/failure.ts';
import type { Spec } from './fields.ts';

/** What single URLs answer, as flags say it: `https://po.co/uk/old 410`, `URL redirect 301 LOCATION`. */

const OUTCOMES: readonly string[] = ['redirect', 'serve', 'gone', 'not-found'];

/** The URL of an answer, or a URL alone. */
export const urlOf = (text: string): string => text.trim().split(/\s+/, 1)[0] ?? '';

/** Answers by URL, each as a text that reads back. */
export function expectedTexts(expect: unknown): readonly string[] {
  if (typeof expect !== 'object' || expect === null) return [];
  return Object.entries(expect as Readonly<Record<string, Spec>>).map(([url, answer]) =>
    [url, answer['outcome'], answer['status'], answer['location']].filter((part) => part !== undefined).join(' '),
  );
}

/** @throws Failure `invalid-answer` */
export function expectedAnswers(texts: readonly string[]): Readonly<Record<string, Spec>> {
  return Object.fromEntries(texts.map((text) => [urlOf(text), answerIn(text)]));
}

function answerIn(text: string): Spec {
  const words = text.trim().split(/\s+/).slice(1);
  const answer: Record<string, unknown> = {};
  for (const word of words) {
    const key = OUTCOMES.includes(word) ? 'outcome' : /^\d{3}$/.test(word) ? 'status' : 'location';
    if (key in answer || (key === 'location' && !/^(?:https?:\/\/|\/)/i.test(word))) throw notAnswer(text, word);
    answer[key] = key === 'status' ? Number(word) : word;
  }
  if (words.length === 0) throw notAnswer(text, '');
  return answer;
}

function notAnswer(text: string, word: string): Failure {
  return new Failure({
    code: 'invalid-answer',
    exit: EXIT.usage,
    message:
      word === ''
        ? `"${text}" does not say what its URL answers.`
        : `"${text}": ${word} is no outcome, status or location, or the second of its kind.`,
    remedy: `Write the URL and its answer: "https://po.co/uk/old 410", "https://po.co/uk/a 301 https://www.mi.com/a"; outcomes are ${OUTCOMES.join(', ')}.`,
    details: { answer: text },
  });
}
