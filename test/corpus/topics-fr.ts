import type { Topic } from './compose.ts';

/** What runbooks of a French team are about. `{place}` is where. */
export const FRENCH: readonly Topic[] = [
  {
    title: 'Le four ne chauffe plus',
    symptom: 'La température à {place} reste sous les deux cents degrés.',
    steps: ['Couper le gaz.', 'Remplacer la sonde.', 'Rallumer et attendre dix minutes.'],
    command: 'four allumer --lent',
    check: 'Le four de {place} tient deux cent vingt degrés pendant un quart d’heure.',
  },
  {
    title: 'Les commandes en ligne n’arrivent pas',
    symptom: 'La boutique de {place} ne reçoit plus rien depuis une heure.',
    steps: ['Regarder la file d’attente.', 'Relancer le connecteur.', 'Prévenir la boutique.'],
    command: 'file relancer commandes',
    check: 'Une commande d’essai arrive à {place}.',
  },
  {
    title: 'La paie de nuit s’arrête',
    symptom: 'Le calcul de {place} s’arrête au milieu.',
    steps: ['Libérer le verrou.', 'Reprendre au dernier salarié.', 'Comparer les totaux.'],
    command: 'paie reprendre',
    check: 'Les totaux de {place} sont ceux de la veille à un pour cent près.',
  },
  {
    title: 'Le réseau de l’entrepôt tombe',
    symptom: 'Les douchettes de {place} affichent une croix rouge.',
    steps: ['Redémarrer la borne.', 'Passer sur la borne de secours.', 'Rescanner la dernière palette.'],
    command: 'borne redemarrer',
    check: 'Dix scans de suite passent à {place}.',
  },
];
