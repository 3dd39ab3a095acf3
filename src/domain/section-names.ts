/**
 * What the sections of a runbook are called, in English and German. A `*` at the end or the beginning of a word stands for
 * any letters; words stand in the heading in this order and next to each other.
 */
export const SECTION_NAMES: Readonly<Record<string, readonly string[]>> = {
  purpose:
    lines(`purpose, when to use, overview, summary, scope, goal*, about, introduction, context, background, description, what this, use case*
    zweck, ziel*, überblick, übersicht, wann, einleitung, beschreibung, anwendungsbereich, geltungsbereich, worum`),
  symptoms:
    lines(`symptom*, alert*, alarm*, trigger*, indicator*, signs, detection, error message*, impact, problem, how to recognise, how to recognize
    auslöser, anzeichen, *meldung, *meldungen, fehlerbild*, erkennung, auswirkung*, warnung*`),
  prerequisites:
    lines(`prerequisite*, precondition*, requirement*, access, permission*, before you *, you need, what you need, preparation, tools
    voraussetzung*, vorbedingung*, zugang, zugänge, zugriff*, berechtigung*, vorbereitung*, werkzeug*`),
  steps:
    lines(`step, steps, step by step, procedure*, instruction*, how to, how do, runbook, playbook, checklist, actions, action plan, what to do, process,
    workflow, execution, response, execute, implementation, checks, commands, *over procedure
    schritt, schritte, *schritte, vorgehen*, ablauf, abläufe, *ablauf, anleitung*, *anleitung, durchführung, maßnahme*, *maßnahmen, massnahme*,
    *massnahmen, checkliste, handlungsanweisung*, was tun, so geht*`),
  diagnosis:
    lines(`diagnos*, investigat*, troubleshoot*, triage, debug*, analysis, analyse, analyze, root cause, assess*, first look, check first, identify
    fehlersuche, ursache*, untersuch*, *analyse, eingrenzung, prüfen, problemsuche`),
  mitigation:
    lines(`mitigat*, remediat*, resolution, resolve, resolving, solution*, fix, fixes, fixing, workaround*, recover*, restore, restoring, restoration,
    repair*, restart*, stabili*, contain*, immediate action*, failover, fail over
    behebung, *behebung, lösung*, abhilfe, sofortmaßnahme*, sofortmassnahme*, wiederherstell*, *wiederherstellung, entstör*, gegenmaßnahme*,
    gegenmassnahme*, neustart, umgehung*, notfallmaßnahme*, notfallmassnahme*`),
  rollback:
    lines(`rollback*, roll back, rolling back, back out, backout*, undo, undoing, revert*, restore previous, if it fails, fall back, fallback*, back to normal
    rückfall*, zurückrollen, rückbau, rückgängig, zurücksetzen, rücknahme, rückabwicklung, zurück zum *`),
  verification:
    lines(`verif*, validat*, confirm*, post check*, postcheck*, how to check, success criteria, check the result, checking the result, definition of done,
    acceptance, smoke test*, test*, expected result*, expected outcome*, done when, healthy again, follow up check*, after the *, proof
    prüfung*, überprüf*, *prüfung, kontrolle, erfolgskontrolle, verifikation, verifizier*, validierung, abnahme, nachweis, ergebnis*, erwartetes ergebnis`),
  escalation:
    lines(`escalat*, contact*, who to call, who to contact, whom to call, on call, oncall, pager*, support, call for help, getting help, get help, need help, phone*,
    emergency numbers, hotline*, communication, notify, people
    eskalation*, kontakt*, *kontakte, ansprechpartner*, ansprechperson*, bereitschaft*, rufbereitschaft*, *bereitschaft, hilfe, telefon*, notfallnummer*,
    wen anrufen, zuständigkeit*, kommunikation, meldekette, meldeweg*`),
  owner: lines(`owner*, ownership, responsib*, maintainer*, team, on call, oncall, stakeholder*
    verantwortlich*, zuständig*, eigentümer*, besitzer*, betreuer*`),
};

function lines(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
