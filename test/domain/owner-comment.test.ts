import { describe, expect, it } from 'vitest';
import { readDom } from '../storage-dom.ts';
import { COMMENT_TEMPLATES, commentFor, isComment, settledComment } from '../../src/domain/owner-comment.ts';

const told = (partial: object = {}) => ({ findingId: 'f1', ruleId: 'stale-runbook', reason: 'It is old.', ...partial });
const next = {
  step: { kind: 'archive', afterMs: 0, approval: true },
  dueAt: new Date('2027-03-01T10:00:00Z'),
} as const;
const written = (partial: Partial<Parameters<typeof commentFor>[1]> = {}) =>
  commentFor('stale-owner', {
    ownerAccountId: '5b10',
    findings: [told()],
    next,
    words: { exemptLabel: 'docaudit-exempt' },
    ...partial,
  });

describe('a comment to an owner', () => {
  it('says who is asked, why, what comes next, and three ways to stop it', () => {
    const text = written();
    expect(text).toContain('<ri:user ri:account-id="5b10" />');
    expect(text).toContain('It is old. (stale-runbook)');
    expect(text).toContain(
      'the page is archived on or after <time datetime="2027-03-01" />, once a person has approved it',
    );
    expect(text.match(/<ol>.*<\/ol>/)?.[0].match(/<li>/g)).toHaveLength(3);
  });

  it('is known again by a mark that is no part of what readers see', () => {
    for (const template of COMMENT_TEMPLATES) {
      expect(isComment(settledComment(template), template)).toBe(true);
      expect(COMMENT_TEMPLATES.filter((other) => isComment(settledComment(template), other))).toEqual([template]);
    }
    expect(isComment('<p>docaudit-comment-stale-owner</p>', 'stale-runner')).toBe(false);
  });

  it('asks whoever looks after the page where nobody is known, and names the findings where no label can answer', () => {
    const text = written({
      ownerAccountId: null,
      findings: [told({ ruleId: 'no-commands' })],
      words: { exemptLabel: null },
      next: null,
    });
    expect(text).toContain('To whoever looks after this page');
    expect(text).toContain('<code>f1</code>');
    expect(text).toContain('nothing else');
  });

  it('stays whole whatever the reasons hold', () => {
    const hostile = `</li></ul><ac:structured-macro ac:name="html"><script>alert(1)</script>" onload='x' & \u202e`;
    const text = written({ findings: [told({ reason: hostile })] });
    expect(readDom(text)).toEqual(readDom(written({ findings: [told({ reason: 'plain' })] })));
  });

  it('tells ten findings and counts the rest', () => {
    const findings = Array.from({ length: 14 }, (_, index) =>
      told({ findingId: `f${index}`, reason: `Reason ${index}.` }),
    );
    const text = written({ findings });
    expect(text).toContain('Reason 9.');
    expect(text).not.toContain('Reason 10.');
    expect(text).toContain('and 4 more');
  });
});
