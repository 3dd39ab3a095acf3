import type { Topic } from './compose.ts';

/** What runbooks of a German team are about. `{place}` is where. */
export const GERMAN: readonly Topic[] = [
  {
    title: 'Kasse startet nicht',
    symptom: 'Die Kasse in {place} zeigt nach dem Einschalten nur das Logo.',
    steps: [
      'Netzstecker ziehen und zehn Sekunden warten.',
      'Mit gedrückter Taste F8 starten.',
      'Den letzten Stand einspielen.',
    ],
    command: 'kasse stand --letzter',
    check: 'Ein Bon über null Euro kommt aus dem Drucker von {place}.',
  },
  {
    title: 'Förderband steht',
    symptom: 'Das Band in {place} steht, die Lampe ist rot.',
    steps: [
      'Not-Halt prüfen und lösen.',
      'Die Sperre in der Steuerung aufheben.',
      'Mit halber Geschwindigkeit anfahren.',
    ],
    command: 'band start --tempo 50',
    check: 'Zehn Kisten laufen in {place} ohne Halt durch.',
  },
  {
    title: 'Lohnlauf bricht ab',
    symptom: 'Der Lauf für {place} endet mit dem Fehler 4711.',
    steps: ['Die Sperrtabelle leeren.', 'Den Lauf ab der letzten Person fortsetzen.', 'Die Summen vergleichen.'],
    command: 'lohn weiter --ab letzte',
    check: 'Die Summe von {place} stimmt mit der Vorschau überein.',
  },
  {
    title: 'Telefonanlage ohne Amt',
    symptom: 'Aus {place} kommt niemand nach draußen durch.',
    steps: ['Den Router neu starten.', 'Auf den Mobilfunk umschalten.', 'Die Störung beim Anbieter melden.'],
    command: 'trunk status amt-1',
    check: 'Ein Anruf aus {place} auf das eigene Handy klingelt.',
  },
  {
    title: 'Kühlraum zu warm',
    symptom: 'Der Fühler in {place} meldet mehr als acht Grad.',
    steps: [
      'Tür schließen und Dichtung ansehen.',
      'Auf das zweite Aggregat umschalten.',
      'Die Ware umlagern, die es betrifft.',
    ],
    command: 'kuehlung umschalten 2',
    check: 'Nach einer Stunde sind es in {place} weniger als fünf Grad.',
  },
  {
    title: 'Schnittstelle zum Steuerberater hängt',
    symptom: 'Belege aus {place} bleiben auf "gesendet" stehen.',
    steps: ['Das Zertifikat der Gegenstelle ansehen.', 'Den Versand anhalten.', 'Die Belege einzeln neu senden.'],
    command: 'belege senden --einzeln',
    check: 'Alle Belege aus {place} haben eine Quittung.',
  },
  {
    title: 'Zutritt verweigert allen',
    symptom: 'Die Türen in {place} öffnen mit keiner Karte.',
    steps: ['Die Türen von Hand öffnen und besetzen.', 'Den Leser neu anlernen.', 'Die Kartenliste neu laden.'],
    command: 'zutritt liste laden',
    check: 'Drei Karten öffnen jede Tür in {place}.',
  },
  {
    title: 'Nachtsicherung fehlt',
    symptom: 'Der Bericht der Sicherung von {place} ist leer.',
    steps: ['Nachsehen, ob das Band voll ist.', 'Ein leeres Band einlegen.', 'Die Sicherung von Hand anstoßen.'],
    command: 'sicherung start {place}',
    check: 'Eine Datei von {place} lässt sich zurückholen.',
  },
  {
    title: 'Waage meldet Fehler',
    symptom: 'Die Waage in {place} schwankt um mehr als zehn Gramm.',
    steps: [
      'Die Platte reinigen.',
      'Mit dem Gewicht aus dem Schrank eichen.',
      'Die Ware von heute stichprobenartig wiegen.',
    ],
    command: 'waage eichen --gewicht 5000',
    check: 'Das Gewicht aus dem Schrank von {place} wiegt fünf Kilo.',
  },
  {
    title: 'Drucker der Versandpapiere klemmt',
    symptom: 'In {place} kommen Lieferscheine doppelt.',
    steps: ['Die Warteschlange leeren.', 'Papierweg öffnen und leeren.', 'Den letzten Auftrag neu drucken.'],
    command: 'druck leeren versand',
    check: 'Ein Lieferschein aus {place} kommt genau einmal.',
  },
  {
    title: 'Kennzahlen bleiben stehen',
    symptom: 'Die Tafel in {place} zeigt den Stand von gestern.',
    steps: ['Den Abzug neu anstoßen.', 'Die Tafel neu laden.', 'Die Zeitzone des Abzugs vergleichen.'],
    command: 'abzug start kennzahlen',
    check: 'Die Uhrzeit unter der Tafel von {place} ist die von jetzt.',
  },
  {
    title: 'Lagerplatz doppelt belegt',
    symptom: 'Zwei Aufträge in {place} wollen denselben Platz.',
    steps: ['Beide Aufträge anhalten.', 'Den Platz zählen.', 'Den zweiten Auftrag umbuchen.'],
    command: 'lager umbuchen --auftrag zweiter',
    check: 'Die Inventur des Platzes in {place} geht auf.',
  },
];
