import { isolated } from './direction.ts';
import type { Words } from './en.ts';
import { capitalized, grammar } from './grammar.ts';

const { duration, isolatedList, joined, list, names, number, percent, plural, sentence } = grammar('fr');

const days = (amount: number): string => plural(amount, { one: '# jour', other: '# jours' });
const incidents = (amount: number): string => plural(amount, { one: '# incident', other: '# incidents' });

/** `Statut Example`, unless the name already says so. */
const withStatus = (site: string): string =>
  /statut|status(?:page)?\b/i.test(site) ? isolated(site) : sentence`Statut ${site}`;

const customerData = {
  unaffected: 'Les données des clients ne sont pas affectées',
  under_review: 'Nous vérifions si les données des clients sont affectées',
  affected: 'Les données des clients sont affectées',
};

export const fr = {
  componentStatus: {
    operational: 'Opérationnel',
    under_maintenance: 'En maintenance',
    degraded_performance: 'Performances dégradées',
    partial_outage: 'Panne partielle',
    major_outage: 'Panne majeure',
  },
  incidentStatus: {
    investigating: 'En cours d’analyse',
    identified: 'Identifié',
    monitoring: 'Sous surveillance',
    resolved: 'Résolu',
  },
  maintenanceStatus: {
    scheduled: 'Planifiée',
    in_progress: 'En cours',
    verifying: 'En cours de vérification',
    completed: 'Terminée',
  },
  cancelled: 'Annulée',
  impact: {
    none: 'Aucun impact',
    minor: 'Impact mineur',
    major: 'Impact majeur',
    critical: 'Impact critique',
  },
  customerData,
  cause: {
    change: 'Une modification du logiciel ou de la configuration',
    data: 'Des données erronées',
    defect: 'Un défaut déjà présent',
    manual_work: 'Une intervention manuelle',
    capacity: 'Une capacité insuffisante',
    hardware: 'Le matériel ou le réseau',
    dependency: 'Un service tiers',
    security: 'Une attaque',
    unknown: 'Inconnue',
  },
  direction: 'ltr',
  duration: (amount) => duration(amount, 'moins d’une minute'),
  percent,
  listOf: list,
  names,

  headline: {
    operational: 'Tous les systèmes sont opérationnels',
    under_maintenance: 'Service en maintenance',
    degraded_performance: 'Service partiellement dégradé',
    partial_outage: 'Panne de service mineure',
    major_outage: 'Panne partielle du système',
    total_outage: 'Panne de service majeure',
    openIncidents: (amount) => plural(amount, { one: '# incident en cours', other: '# incidents en cours' }),
    noIncidents: 'Aucun incident en cours',
  },

  frame: {
    siteName: withStatus,
    pageTitle: (page, site) => `${isolated(page)} · ${withStatus(site)}`,
    skip: 'Aller au contenu',
    pages: 'Pages',
    links: 'Liens',
    support: 'Assistance',
    timeZone: (zone) => `Les heures sont indiquées dans le fuseau ${zone}.`,
    yourTimeZone: 'Les heures sont indiquées dans votre fuseau horaire ({zone}).',
    yourTime: '{time}, heure locale',
    language: 'Français',
    languages: 'Langue',
    newUpdate: 'Une nouvelle mise à jour a été publiée.',
    changed: 'Cette page a changé.',
    show: 'Afficher',
    status: 'Statut',
    history: 'Historique',
    postmortems: 'Post-mortems',
    subscribe: 'S’abonner',
    subscribeEmail: 'Par e-mail',
    subscribeFeed: 'Flux RSS ou Atom',
    subscribeSlack: 'Dans Slack',
    subscribeCalendar: 'Calendrier',
    subscribeMore: 'Toutes les options',
    rss: (site) => `${withStatus(site)}\u00a0: mises à jour`,
    atom: (site) => `${withStatus(site)}\u00a0: mises à jour (Atom)`,
    jsonFeed: (site) => `${withStatus(site)}\u00a0: mises à jour (JSON Feed)`,
    postmortemsRss: (site) => sentence`${site}\u00a0: post-mortems`,
    maintenanceRss: (site) => sentence`${site}\u00a0: maintenance`,
    componentRss: (component) => sentence`${component}\u00a0: mises à jour du statut`,
    calendar: (site) => sentence`${site}\u00a0: calendrier de maintenance`,
  },

  index: {
    description: (site, headline) => sentence`${site}\u00a0: ${headline}`,
    asOf: 'Mis à jour\u00a0: {time}',
    quietFor: (amount) => `Aucun incident depuis ${days(amount)}`,
    components: 'Composants',
    more: (amount) => plural(amount, { one: '# autre', other: '# autres' }),
    noComponents: (site) =>
      sentence`Aucun composant n’est répertorié. Les mises à jour de cette page concernent l’ensemble de ${site}.`,
    // The singular, which French also uses for 0, has no number here.
    recent: (amount) => (amount === 1 ? 'Le dernier jour' : `Les ${number(amount)} derniers jours`),
    nothingYet:
      'Aucun incident n’a encore été enregistré. En cas de problème, toutes les mises à jour apparaissent ici.',
    noIncidents: 'Aucun incident.',
    history: 'Tous les incidents par mois',
    subscribe: 'Recevoir les mises à jour',
  },

  incident: {
    description: (status, text) => sentence`${status}\u00a0: ${text}`,
    resolved: '{time}, durée\u00a0: {duration}',
    affectedNow: 'Composants affectés',
    affectedAtWorst: 'Composants affectés, au plus fort de l’incident',
    atWorst: 'Au plus fort\u00a0:',
    nextUpdate: 'Prochaine mise à jour au plus tard\u00a0: {time}',
    overdue: 'La prochaine mise à jour est en retard. Échéance annoncée\u00a0: {time}',
    postmortemDue: 'Un post-mortem paraîtra au plus tard le {time}',
    postmortemLate: 'Le post-mortem est en retard. Échéance annoncée\u00a0: {time}',
    remedy: 'Notre compensation\u00a0:',
    claimUntil: 'À demander au plus tard le {time}',
    remedied: 'Effectuée le {time}',
    began: 'Début\u00a0: {time}',
    people: (lead, comms) => {
      if (lead === null) return sentence`Mises à jour\u00a0: ${comms ?? ''}`;
      return joined(sentence`Coordination\u00a0: ${lead}`, comms && sentence`mises à jour\u00a0: ${comms}`);
    },
    postmortem: 'Lire ce qui s’est passé et ce que nous en avons appris',
    updates: 'Mises à jour',
    earlier: (amount) =>
      plural(amount, {
        one: 'Afficher # mise à jour précédente',
        other: 'Afficher # mises à jour précédentes',
      }),
    allUpdates: (amount) => (amount === 1 ? 'La mise à jour' : `Les ${number(amount)} mises à jour`),
    plainText: '{link}, à coller dans un message',
    plainTextLink: 'Cet incident en texte brut',
  },

  announcement: { times: 'Du {from} au {until}' },

  maintenance: {
    description: (status, from, to) => `Maintenance (${status.toLowerCase()})\u00a0: ${from} – ${to}`,
    window: '{from} – {to}',
    details: 'Détails et mises à jour',
    updates: 'Mises à jour',
    plainText: '{link}, à coller dans un message',
    plainTextLink: 'Cette maintenance en texte brut',
  },

  update: {
    reopened: 'Rouvert',
    renamed: (before) => sentence`Renommé (ancien titre\u00a0: «\u00a0${before}\u00a0»)`,
    reopenedAndRenamed: (before) => sentence`Rouvert et renommé (ancien titre\u00a0: «\u00a0${before}\u00a0»)`,
    promised: 'Échéance annoncée ({time})\u00a0:',
    kept: 'à l’heure',
    late: (time) => `retard\u00a0: ${time}`,
    ended: 'Fin\u00a0: {time}',
    posted: 'Publiée\u00a0: {time}',
    edited: 'Modifiée\u00a0: {time}',
  },

  listed: {
    maintenance: 'Maintenance',
    window: '{from} – {to}',
    postmortem: 'Post-mortem',
    ongoing: 'en cours depuis le {since}',
    continued: 'suite, début le {since}',
    reopened: 'rouvert',
    ended: '{ended}, début le {since}',
  },

  component: {
    description: (component, status, bars) =>
      sentence`${component}\u00a0: ${status}.${bars === null ? '' : ` ${bars}`}`,
    uptime: (share) => `disponible à ${share}`,
    uptimeSince: (uptime, day) => `${uptime} depuis le ${day}`,
    uptimeAndDegraded: (uptime, degraded) => `${uptime}, performances dégradées pendant ${degraded}`,
    noUptime: 'Pas encore de données de disponibilité',
    noBars: 'Pas encore de données de disponibilité.',
    daysAgo: (amount) => `il y a ${days(amount)}`,
    today: 'Aujourd’hui',
    bars: (amount, troubled) => {
      const parts = joined(
        troubled.major > 0 ? `${days(troubled.major)} avec une panne majeure` : null,
        troubled.partial > 0 ? `${days(troubled.partial)} avec une panne partielle` : null,
        troubled.degraded > 0 ? `${days(troubled.degraded)} avec des performances dégradées` : null,
      );
      const none = troubled.any ? 'aucune panne' : 'aucun incident';
      const span = amount === 1 ? 'Aujourd’hui' : `Les ${number(amount)} derniers jours`;
      return `${span}\u00a0: ${parts || none}.`;
    },
    affected: (time) =>
      capitalized(
        joined(
          time.major && `panne majeure pendant ${time.major}`,
          time.partial && `panne partielle pendant ${time.partial}`,
          time.degraded && `performances dégradées pendant ${time.degraded}`,
          time.maintenance && `en maintenance pendant ${time.maintenance}`,
        ),
      ),
    troubledDays: (amount) => `${days(amount)} avec des incidents`,
    maintenance: 'Maintenance',
    incidents: 'Incidents',
    noIncidents: (component) => sentence`Aucun incident n’a affecté ${component} jusqu’à présent.`,
    older: (amount) =>
      plural(amount, {
        one: '# incident plus ancien dans l’historique',
        other: '# incidents plus anciens dans l’historique',
      }),
    follow: (component) => sentence`Suivre ${component}`,
    feed: 'Le {link} contient un élément par mise à jour concernant ce composant.',
    feedLink: 'flux RSS',
  },

  history: {
    title: 'Historique',
    description: (site) => sentence`Tous les incidents de ${site}, par mois`,
    empty: 'Rien n’a encore été enregistré. Les incidents et les maintenances seront répertoriés ici par mois.',
    years: 'Années',
    months: 'Mois',
    allMonths: 'Tous les mois',
    earlier: (month) => `← ${month}`,
    later: (month) => `${month} →`,
    monthDescription: (site, month, summary) => sentence`Incidents de ${site}, ${month}\u00a0: ${summary}`,
    monthSummary: (amount, maintenances) =>
      joined(
        amount > 0 ? incidents(amount) : null,
        maintenances > 0
          ? plural(maintenances, { one: '# fenêtre de maintenance', other: '# fenêtres de maintenance' })
          : null,
      ) || 'aucun incident',
  },

  postmortems: {
    title: 'Post-mortems',
    description: (site) =>
      sentence`Ce qui s’est passé chez ${site}, ce que nous en avons appris et ce que nous avons promis`,
    intro: 'Ce qui s’est passé, ce que nous en avons appris et ce que nous avons promis.',
    sections: 'Sur cette page',
    all: 'Tous les post-mortems',
    none: 'Il n’y a pas encore de post-mortem. Après un incident grave, nous expliquons ici ce qui s’est passé afin que chacun puisse en tirer des leçons.',
    nonePublished: (within) =>
      `Aucun post-mortem n’a encore été publié.${within === null ? '' : ` Délai de publication après la fin d’un incident\u00a0: ${within}.`}`,
    lessons: 'Ce que nous avons appris',
    actions: 'Ce que nous avons promis',
    byComponent: 'Par composant',
    noComponent: 'Aucun composant indiqué',
    byCause: 'Par cause',
    noCause: 'Non indiquée',
    actionsInTime: (amount) => plural(amount, { one: '# réalisée à temps', other: '# réalisées à temps' }),
    actionsLate: (amount) => plural(amount, { one: '# réalisée en retard', other: '# réalisées en retard' }),
    actionsOpen: (amount) => `${number(amount)} en cours`,
    actionsOverdue: (amount) => `${number(amount)} en retard`,
    allDone: 'Ce que nous avons fait',
    doneSoFar: 'Ce que nous avons déjà fait',
    start: 'Par où commencer',
    search: 'Rechercher dans les titres et les enseignements',
    nothingFound: 'Aucun post-mortem ne correspond.',
  },

  postmortem: {
    remedy: 'La compensation accordée\u00a0:',
    cause: 'Cause\u00a0:',
    incident: 'L’incident tel que signalé à l’époque\u00a0: {link}, {time}',
    incidentWithDuration: 'L’incident tel que signalé à l’époque\u00a0: {link}, {time}, {duration}',
    lessons: 'Ce que nous avons appris',
    actions: 'Ce que nous avons promis',
    updates: 'Ce que nous avons annoncé aux clients',
    authors: isolatedList,
    anchor: (heading) => sentence`Lien vers «\u00a0${heading}\u00a0»`,
  },

  action: {
    done: 'Réalisée',
    open: 'En cours',
    overdue: 'En retard',
    due: 'échéance le {time}',
    doneOn: 'échéance le {time}, réalisée le {done}',
    doneLate: 'échéance le {time}, réalisée en retard le {done}',
    from: 'issue de {link}',
  },

  responseTimes: {
    title: 'Au fil des années',
    caption:
      'Délai médian jusqu’à la première mise à jour et jusqu’à la résolution, avec le nombre d’incidents pris en compte',
    year: 'Année',
    firstUpdate: 'Première mise à jour',
    resolved: 'Résolution',
    promised: 'Mises à jour annoncées',
    incidents: (amount, continued) => {
      if (continued === 0) return incidents(amount);
      return amount === 0
        ? `${incidents(continued)} des années précédentes`
        : `${incidents(amount)}, plus ${number(continued)} des années précédentes`;
    },
    soFar: 'à ce jour',
    unknown: 'inconnu',
    medianOf: (amount) => `sur ${number(amount)}`,
    promises: (kept, late) => `${number(kept)}\u00a0à\u00a0l’heure, ${number(late)}\u00a0en\u00a0retard`,
    noPromises: 'aucune',
    plotFirstUpdate: 'Délai jusqu’à la première mise à jour, médiane de chaque année',
    plotResolved: 'Délai jusqu’à la résolution, médiane de chaque année',
    countedIncidents: (all) =>
      `Chaque incident de cette page de statut est compté dans l’année où il a commencé\u00a0: ${number(all)} au total. La médiane est la valeur centrale\u00a0: la moitié a duré moins longtemps, l’autre moitié plus longtemps.`,
    countedFirstUpdate: (known, all) =>
      known === 0
        ? 'Le délai jusqu’à la première mise à jour est inconnu, car aucun incident n’indique à partir de quand les clients ont été affectés.'
        : `Le délai jusqu’à la première mise à jour commence au moment où les clients ont été affectés. Ce moment est connu pour ${incidents(known)} sur ${number(all)}.`,
    countedResolved: (amount) =>
      plural(amount, {
        one: 'Le délai jusqu’à la résolution repose sur # incident résolu de durée connue. Le temps entre une résolution et une réouverture n’est pas compté.',
        other:
          'Le délai jusqu’à la résolution repose sur # incidents résolus de durée connue. Le temps entre une résolution et une réouverture n’est pas compté.',
      }),
    countedPromises:
      'Chaque mise à jour indique quand attendre la suivante. La promesse est tenue si celle-ci paraît au plus tard à la minute annoncée.',
    countedPromisesImported:
      'Chaque mise à jour indique quand attendre la suivante. La promesse est tenue si celle-ci paraît au plus tard à la minute annoncée. Les incidents antérieurs à notre arrivée ici ne comportaient pas de telles promesses et ne sont donc pas comptés.',
    openCircle: 'Un cercle vide indique une année qui n’est pas encore terminée.',
  },

  subscribe: {
    title: 'S’abonner',
    description: (site) => sentence`Comment recevoir chaque mise à jour de ${site} une seule fois`,
    heading: 'Recevoir les mises à jour',
    intro: 'Chaque mise à jour vous parvient une seule fois, y compris «\u00a0Résolu\u00a0».',
    email: 'Par e-mail',
    emailText:
      '{link} à notre liste de diffusion. Chaque mise à jour est un message, et vous pouvez vous désabonner à tout moment.',
    emailLink: 'S’inscrire',
    emailMessage: 'Envoyez un message à {link}. Vous recevrez une réponse pour confirmer votre adresse.',
    feedReader: 'Dans un lecteur de flux',
    rss: {
      name: 'RSS',
      text: 'Un élément par mise à jour d’un incident ou d’une maintenance, y compris «\u00a0Résolu\u00a0», et par post-mortem.',
    },
    atom: { name: 'Atom', text: 'Les mêmes mises à jour au format Atom.' },
    jsonFeed: { name: 'JSON Feed', text: 'Les mêmes mises à jour en JSON.' },
    slack: 'Dans Slack',
    slackCommand: 'Saisissez ceci dans le canal qui doit recevoir les mises à jour\u00a0:',
    narrower: 'Choisir ce que vous suivez',
    maintenance: { name: 'Maintenance', text: 'Un élément par mise à jour concernant une maintenance planifiée.' },
    postmortems: {
      name: 'Post-mortems',
      text: 'Un élément par compte rendu de ce qui s’est passé et de ce que nous en avons appris.',
    },
    historyRss: {
      name: 'Une entrée par incident (RSS)',
      text: 'Chaque entrée contient toutes les mises à jour de son incident et change à chaque mise à jour, comme sur Statuspage. Pour ceux qui utilisent déjà cette adresse.',
    },
    historyAtom: { name: 'Une entrée par incident (Atom)', text: 'La même chose au format Atom.' },
    component: 'Un seul composant',
    componentText: 'Les mises à jour des incidents et des maintenances qui le concernent\u00a0:',
    calendar: 'Dans un agenda',
    calendarText:
      'Toutes les fenêtres de maintenance. Les événements sont déplacés lorsqu’une fenêtre change de date et marqués comme annulés lorsqu’elle est annulée.',
    calendarAddress: '{link} ou ajouter cette adresse à votre agenda\u00a0:',
    calendarLink: 'S’abonner',
    developers: 'Pour les développeurs',
    developersText: 'Une API JSON, un badge, un bandeau pour votre site et du texte brut\u00a0: voir {link}.',
  },

  copy: {
    copy: 'Copier',
    copied: 'Copié',
  },

  developers: {
    title: 'Pour les développeurs',
    description: (site) => sentence`Le statut de ${site} dans des scripts, des fichiers README et d’autres sites`,
    intro: 'Utilisez le statut actuel dans vos scripts et sur votre propre site.',
    api: 'API',
    apiText:
      'Le statut actuel au format de l’API de Statuspage\u00a0: statut général, composants, incidents en cours et maintenances.',
    webhooks: 'Webhooks',
    webhooksText:
      'Aucune inscription n’est nécessaire. Interrogez le JSON Feed avec l’ETag de votre dernière requête\u00a0: s’il n’y a rien de nouveau, la réponse est un 304 vide.',
    badge: 'Badge',
    embed: 'Incidents en cours sur votre site',
    embedLink: 'Les afficher sur une page distincte',
    frame: 'Un cadre avec le statut actuel et les incidents en cours\u00a0:',
    banner: 'Un bandeau qui n’apparaît qu’en cas de problème\u00a0:',
    text: 'Texte brut',
    textText:
      'Chaque incident est aussi disponible en texte brut, pour les réponses aux clients. Le plus récent\u00a0:',
  },

  notFound: {
    title: 'Page introuvable',
    description: 'Il n’y a pas de page à cette adresse',
    heading: 'Page introuvable',
    text: 'Il n’y a pas de page à cette adresse. Elle a peut-être été déplacée, ou l’adresse contient une faute de frappe.',
    status: 'Statut actuel',
    history: 'Tous les incidents par mois',
  },

  badge: { site: withStatus },

  embed: {
    title: 'Statut actuel',
    description: (site) => sentence`Le statut actuel de ${site}, à intégrer dans d’autres pages`,
    updated: '{status}, {time}',
  },

  compose: {
    title: 'Publier une mise à jour',
    description: (site) => sentence`Un formulaire pour publier une mise à jour de ${site}`,
    heading: 'Publier une mise à jour',
    notStarted:
      'Le formulaire nécessite JavaScript, qui ne fonctionne pas dans ce navigateur. Vous pouvez publier une mise à jour sans lui\u00a0: voir {link}.',
    notStartedLink: 'ci-dessous',
    intro: (repository) =>
      `Réservé à l’équipe. Ce formulaire prépare un fichier et l’ouvre dans GitHub. Rien n’est envoyé d’ici\u00a0: la publication commence lorsque vous cliquez sur «\u00a0Commit changes\u00a0» sur GitHub. Vous devez être connecté à GitHub et avoir un accès en écriture à ${repository}.`,
    incident: 'De quoi s’agit-il\u202f?',
    newIncident: 'Nouvel incident',
    incidentHint: (time) => `Incidents en cours au ${time}. S’il en manque un, rechargez la page dans une minute.`,
    owing: 'Résolus, mais compensation en attente',
    template: 'Partir de',
    noTemplate: 'Un message vide',
    titleField: 'Que remarquent les clients\u202f?',
    titleExample: 'Erreurs de paiement en Europe',
    titleHint: 'Le titre d’un nouvel incident. Pour un incident en cours, ne le remplissez que pour le renommer.',
    status: 'Quel est le statut\u202f?',
    sameStatus: (status) => `Inchangé\u00a0: ${status}`,
    impact: 'Quelle est la gravité\u202f?',
    impactOfComponents: 'D’après les composants',
    sameImpactOfComponents: 'Inchangé\u00a0: d’après les composants',
    sameAs: (value) => `Inchangé\u00a0: ${value}`,
    same: 'Inchangé',
    components: 'Qu’est-ce qui est affecté\u202f?',
    addComponent: 'Ajouter un composant',
    notAffected: 'Non affecté',
    customerData: 'Les données des clients sont-elles en sécurité\u202f?',
    noVerdict: 'Ne rien indiquer pour l’instant',
    nextUpdate: 'Quand aura lieu la prochaine mise à jour\u202f?',
    nextUpdateDefault: 'Comme d’habitude',
    nextUpdateHint: (zone) =>
      `Une heure dans votre fuseau horaire (${zone}), par exemple 10:30, une durée, par exemple 30m, ou none. Laissez vide pour l’heure habituelle.`,
    message: 'Que doivent savoir les clients\u202f?',
    started: 'Quand cela a-t-il commencé\u202f?',
    startedHint: 'Uniquement pour un nouvel incident qui a commencé plus tôt, dans le fuseau horaire de cet appareil.',
    ended: 'Quand cela s’est-il terminé\u202f?',
    endedHint:
      'Uniquement avec «\u00a0Résolu\u00a0», si l’incident s’est terminé plus tôt. Les composants ci-dessus étaient affectés jusque-là.',
    more: 'Heures et compensation',
    remedy: 'Comment allez-vous compenser\u202f?',
    remedyExample: 'Les commandes qui ont échoué ne seront pas facturées.',
    claim: 'Comment les clients la demandent-ils\u202f?',
    claimExample: 'Écrivez à support@example.com en indiquant votre numéro de commande.',
    claimUntil: 'Jusqu’à quand peuvent-ils la demander\u202f?',
    remedied: 'Quand les clients l’ont-ils reçue\u202f?',
    remediedHint: 'Laissez vide tant que des clients l’attendent encore. La compensation reste en attente jusque-là.',
    lead: 'Qui coordonne la réponse\u202f?',
    comms: 'Qui informe les clients\u202f?',
    problems: 'Corrigez d’abord ces problèmes\u00a0:',
    submit: 'Continuer sur GitHub',
    opened:
      'GitHub s’ouvre dans un nouvel onglet avec le fichier rempli. Cliquez ensuite sur «\u00a0Commit changes\u00a0» pour lancer la publication.',
    tooLong:
      'Le texte est trop long pour tenir dans un lien. {button} {copied} Ouvrez ensuite GitHub avec le lien ci-dessous, où le nom du fichier est déjà rempli. Collez le texte et cliquez sur «\u00a0Commit changes\u00a0».',
    copy: 'Copier le texte',
    copied: 'Copié.',
    notCopied:
      'Votre navigateur n’a pas autorisé la copie. Le texte du fichier est sélectionné ci-dessous\u00a0: copiez-le à partir de là.',
    openGitHub: 'Ouvrir GitHub pour créer le fichier',
    preview: 'Ce que verront les clients',
    noPreview:
      'L’aperçu apparaît lorsque le formulaire est complet. Cliquez sur «\u00a0Continuer sur GitHub\u00a0» pour voir ce qui manque.',
    previewNextUpdate: (time) => `Prochaine mise à jour au plus tard\u00a0: ${time}`,
    file: 'Le fichier',
    fileTime: (time) =>
      `Le nom du fichier contient l’heure actuelle\u00a0: ${time}. Il est actualisé lorsque vous cliquez sur le bouton.`,
    credential:
      'Quelque chose ici ressemble au début d’une clé, d’un jeton ou d’un mot de passe. Si c’en est un, supprimez-le\u00a0: il serait refusé, et git conserve tout ce qui est poussé.',
    titleMissing: 'Écrivez ce que remarquent les clients, par exemple «\u00a0Erreurs de paiement en Europe\u00a0».',
    messageMissing: 'Écrivez ce que les clients doivent savoir.',
    nextUpdateWrong: (typed) =>
      `«\u00a0${typed}\u00a0» n’est ni une heure ni une durée. Saisissez une heure, par exemple 10:30, une durée, par exemple 30m, ou none.`,
    nextUpdateOver:
      'Après «\u00a0Résolu\u00a0», il n’y a pas de prochaine mise à jour. Laissez ce champ vide, ou choisissez un autre statut.',
    yearWrong: 'L’année doit être comprise entre 2000 et 2099.',
    impactMissing: 'Choisissez la gravité, ou ajoutez les composants concernés.',
    remediedLater: 'Cette date est dans le futur. Laissez vide jusqu’à ce que les clients aient reçu la compensation.',
    problem: (message) => `Ce champ\u00a0: ${message}`,
    clock: (device, known) =>
      `L’horloge de cet appareil indique ${device}, mais cette page contient déjà des données plus récentes (${known}). Réglez l’horloge et rechargez la page.`,
    alreadyOpen: (title) =>
      sentence`«\u00a0${title}\u00a0» est déjà ouvert. Pour le mettre à jour, sélectionnez-le ici. S’il s’agit d’un autre incident, changez le titre.`,
    underReview: `L’incident indique que la vérification des données des clients est en cours, et continuerait de l’indiquer. Choisissez le résultat de la vérification ou «\u00a0${customerData.under_review}\u00a0».`,
    verdictMissing: `Avant de déclarer résolu un incident à l’impact majeur ou critique, indiquez si les données des clients sont en sécurité. Si vous ne le savez pas encore, choisissez «\u00a0${customerData.under_review}\u00a0».`,
    edit: {
      heading: 'Corriger une faute',
      intro:
        'Corrigez le texte d’une mise à jour publiée. La page indique quand la mise à jour a été modifiée. Pour une nouvelle information, publiez plutôt une mise à jour.',
      update: 'Quelle mise à jour\u202f?',
      label: (title, status, time) => sentence`${time} · ${status} · ${title}`,
      text: 'Le texte corrigé',
      private:
        'Ce fichier contient des notes que seule votre équipe peut voir\u00a0; corrigez-le donc sur GitHub. Collez la ligne copiée sous «\u00a0status:\u00a0». S’il y a déjà une ligne «\u00a0edited:\u00a0», remplacez-la.',
      submit: 'Copier et ouvrir GitHub',
      blank: 'Écrivez le texte corrigé.',
      unchanged: 'Le texte est identique. Corrigez-le d’abord.',
      copied:
        'Le fichier corrigé est copié. Sur GitHub, sélectionnez tout, collez, puis cliquez sur «\u00a0Commit changes\u00a0».',
      copiedLine:
        'La ligne est copiée. Sur GitHub, collez-la, corrigez le texte, puis cliquez sur «\u00a0Commit changes\u00a0».',
      notCopied: 'Votre navigateur n’a pas autorisé la copie. Copiez ceci et collez-le sur GitHub\u00a0:',
      open: 'Ouvrir GitHub pour modifier le fichier',
    },
    manual: 'Sans le formulaire',
    manualText:
      'Une mise à jour est un petit fichier. Ces liens ouvrent la page de GitHub pour en créer un. Remplacez YYYY-MM-DDTHHMM par l’heure UTC, par exemple 2026-11-22T1405, et écrivez votre texte sous la deuxième ligne de tirets\u00a0:',
    manualUpdate: (title) => sentence`Mise à jour\u00a0: ${title}`,
    manualIncident: 'Nouvel incident',
    manualTitle: '{{ce que remarquent les clients}}',
    manualBody: '{{ce que les clients doivent savoir}}',
    manualExample: 'Nous connaissons la cause\u00a0: un certificat a expiré. Nous le renouvelons.',
    manualCheck:
      'Le statut est investigating, identified, monitoring ou resolved. Les erreurs sont signalées sur le commit et ne sont jamais montrées aux clients.',
  },

  postmortemDraft: {
    summary: (title, lasted, first, last) => {
      const when = first === last ? `le ${first}` : `entre le ${first} et le ${last}`;
      return lasted === null ? `${title}, ${when}.` : `${title}, ${when}. Durée\u00a0: ${lasted}.`;
    },
    customerData: {
      label: 'Données des clients',
      unaffected: 'non affectées',
      under_review: 'vérification en cours',
      affected: 'affectées',
    },
    moment: (date, clock) => `${date}, ${clock}`,
    fact: (label, value) => `**${label}\u00a0:** ${value}`,
    update: (time, status) => `**${time}, ${status.toLowerCase()}\u00a0:**`,
    checkIn: 'Point d’équipe',
    live: (time) => `en ligne\u00a0: ${time}`,
    affected: (components) => components.map(([name, status]) => `${name} (${status.toLowerCase()})`).join(', '),
    duration: 'Durée',
    lasted: (lasted, range) => `${lasted}, ${range}`,
    noDuration: 'Quand cela a-t-il commencé, et quand cela s’est-il terminé ?',
    range: (from, to) => `${from} – ${to}`,
    lastedAndReopened: (lasted, times) => `${lasted}\u00a0; rouvert ${number(times)} fois`,
    firstUpdate: 'Délai jusqu’à la première mise à jour pour les clients',
    noFirstUpdate:
      'À partir de quand les clients ont-ils été affectés, et combien de temps nous a-t-il fallu pour les informer ?',
    silence: 'Plus long silence entre deux mises à jour',
    components: 'Composants',
    noComponents: 'aucun indiqué',
    remedy: 'Compensation',
    noRemedy: 'aucune n’a été promise',
    times: 'Heures',
    timeZone: (zone) => `dans le fuseau ${zone}`,
    lesson: 'Ce que vous avez appris, en une phrase',
    action: 'S’exercer au retour en arrière',
    owner: 'Dana',
    sections: {
      happened: [
        'Ce qui s’est passé',
        'Qu’est-ce qui est tombé en panne, en termes compréhensibles pour les clients, et pourquoi à ce moment-là ?',
      ],
      affected: [
        'Qui a été affecté, et comment',
        'Combien de clients ont été affectés, dans quelle activité, depuis quand ? Qu’ont-ils perdu ? Qui n’a pas été affecté ?',
      ],
      timeline: [
        'Ce que nous avons fait, et quand',
        'Qu’avons-nous fait entre ces mises à jour, qui a pris les décisions, et qu’avons-nous essayé en vain ?',
      ],
      noticed: [
        'Comment nous l’avons remarqué',
        'Qui ou quoi l’a remarqué en premier, et combien de temps après le début ? Qu’est-ce qui aurait dû nous alerter plus tôt ?',
      ],
      rollback: [
        'Ce qui nous a permis de revenir en arrière, ou pourquoi nous n’avons pas pu',
        'Quelles possibilités de retour avions-nous, combien de temps ont-elles pris, et qu’est-ce qui nous a retardés ?',
      ],
      changed: [
        'Ce que nous avons changé',
        'Qu’avons-nous déjà changé pour que cela ne puisse pas se reproduire de la même façon ?',
      ],
      promised: [
        'Ce que nous promettons',
        'Qu’allons-nous faire, qui s’en charge et pour quand ? Indiquez-le aussi sous actions ci-dessus. Que reçoivent les clients qui ont perdu quelque chose ?',
      ],
      learned: [
        'Ce que nous avons appris',
        'Que croyions-nous qui s’est révélé faux ? Qu’est-ce qui aiderait une autre équipe ? Indiquez-le aussi sous lessons ci-dessus.',
      ],
    },
  },

  templates: {
    investigating: {
      label: 'Il y a un problème, et nous l’analysons',
      body: [
        'Depuis environ {{time}}, {{ce qui ne fonctionne pas, et pour qui}}. {{ce qui fonctionne encore, ou ce que l’on peut utiliser à la place}}',
        'Nous analysons le problème, et vérifions d’abord si les données des clients sont affectées.',
      ],
    },
    identified: {
      label: 'Nous connaissons la cause',
      body: [
        'Nous connaissons la cause\u00a0: {{une phrase en termes simples}}.',
        'En cours\u00a0: {{ce que nous faisons maintenant}}. Nous prévoyons {{ce qui change pour les clients, et pour quand}}, et vous informerons ici si cela change.',
      ],
    },
    'no-news': {
      label: 'Rien de nouveau, mais une mise à jour est attendue',
      body: [
        'Rien n’a changé depuis la dernière mise à jour. Toujours indisponible\u00a0: {{ce qui ne fonctionne pas}}. Toujours disponible\u00a0: {{ce qui fonctionne}}.',
        'En cours\u00a0: {{ce que nous essayons en ce moment}}.',
      ],
    },
    provider: {
      label: 'L’un de nos fournisseurs est en panne',
      body: [
        '{{ce qui ne fonctionne pas}}, car {{le fournisseur}}, que nous utilisons pour {{quoi}}, est en panne\u00a0: {{l’adresse de sa page de statut}}',
        '{{ce que nous faisons entre-temps}}. {{ce que les clients peuvent faire d’ici là}}',
      ],
    },
    'closed-to-protect-data': {
      label: 'Nous l’avons désactivé pour protéger les données des clients',
      body: [
        'À {{time}}, nous avons volontairement désactivé {{quoi}} afin de protéger les données des clients. {{pourquoi\u00a0: ce que nous savons et ce que nous ne savons pas encore}}',
        '{{ce qui continue de fonctionner}} {{ce qu’il advient des commandes déjà passées}}',
        'Nos priorités, dans l’ordre\u00a0: protéger les données des clients, vous informer, et seulement ensuite rétablir le service.',
      ],
    },
    'customer-data-safe': {
      label: 'Les données des clients sont en sécurité, la réparation continue',
      body: [
        'Les données des clients sont en sécurité. Nous avons vérifié {{quels systèmes, quels enregistrements, de quand à quand}}\u00a0: personne n’a vu ni modifié les données d’autrui, et aucune donnée n’a été perdue.',
        'La réparation est toujours en cours\u00a0: {{ce qui ne fonctionne pas}}.',
      ],
    },
    monitoring: {
      label: 'Tout fonctionne à nouveau, et nous surveillons',
      body: [
        'De nouveau disponible depuis {{time}}\u00a0: {{ce qui était en panne}}. {{ce qui a été fait}}',
        'Nous surveillons {{quoi exactement}} jusqu’à {{quand}} avant de déclarer l’incident résolu.',
      ],
    },
    reopened: {
      label: 'Nous l’avons clos trop tôt',
      body: [
        'Nous avons annoncé trop tôt que c’était terminé. Depuis {{time}}, {{ce qui ne fonctionne plus, et pour qui}}.',
        'Nous avons rouvert l’incident et cherchons {{ce qui est différent cette fois}}.',
      ],
    },
    resolved: {
      label: 'C’est terminé',
      body: [
        'Sans panne depuis {{combien de temps}}\u00a0: {{ce qui était en panne}}. De {{quand}} à {{quand}}, cela a affecté {{combien de clients, de commandes ou de paiements}}\u00a0: {{de quelle manière}}.',
        '{{ce qui est prévu pour ceux qui ont perdu quelque chose, ou\u00a0: vous n’avez rien à faire}}',
        '{{ce que nous avons déjà changé}} Un compte rendu complet suivra ici.',
      ],
    },
    scheduled: {
      label: 'Une maintenance est planifiée',
      body: [
        'Travaux prévus\u00a0: {{ce qui sera fait, et pourquoi}}. Pendant ce temps, {{ce qui ne fonctionnera pas, et combien de temps}}\u00a0; {{ce qui continue de fonctionner}}.',
        '{{ce que les clients doivent faire avant, ou\u00a0: vous n’avez rien à faire}}',
      ],
    },
    'maintenance-longer': {
      label: 'La maintenance dure plus longtemps',
      body: [
        'Les travaux durent plus longtemps que prévu, car {{pourquoi}}. {{ce qui ne fonctionne pas d’ici là}}',
        'Nous pensons maintenant avoir terminé d’ici {{quand}}.',
      ],
    },
    'maintenance-done': {
      label: 'La maintenance est terminée',
      body: ['Les travaux sont terminés, et tout fonctionne. {{ce qui change maintenant pour les clients}}'],
    },
  },

  feeds: {
    updates: {
      title: withStatus,
      description: (site) => `Chaque mise à jour du statut de ${site}, une seule fois`,
    },
    maintenance: {
      title: (site) => `${withStatus(site)}\u00a0: maintenance`,
      description: (site) => `Chaque mise à jour des maintenances planifiées de ${site}, une seule fois`,
    },
    component: {
      title: (site, component) => `${withStatus(site)}\u00a0: ${component}`,
      description: (site, component) =>
        `Chaque mise à jour du statut de ${site} qui concerne ${component}, une seule fois`,
    },
    history: {
      title: (site) => `${withStatus(site)} – Historique des incidents`,
      description: (site) => `Chaque incident de ${site}, avec toutes ses mises à jour`,
    },
    postmortems: {
      title: (site) => `${site}\u00a0: post-mortems`,
      description: (site) => `Ce qui s’est passé chez ${site}, et ce que nous en avons appris`,
    },
    announcement: 'Annonce',
    postmortem: 'Post-mortem',
    readPostmortem: 'Lire le post-mortem',
    time: (year, month, day, clock) => `${day}/${String(month).padStart(2, '0')}/${year}, ${clock} UTC`,
    shortTime: (month, day, clock) => `${day}/${String(month).padStart(2, '0')}, ${clock} UTC`,
    itemTitle: (status, name, time) => `${status}\u00a0: ${name} (${time})`,
    maintenanceStatus: (status) => `Maintenance (${status.toLowerCase()})`,
    customerData: (verdict) => `${customerData[verdict]}.`,
    window: (from, to) => `Du ${from} au ${to}.`,
    ended: (time) => `Fin\u00a0: ${time}.`,
    edited: (time) => `Modifiée\u00a0: ${time}.`,
    inBrowser: 'Ceci est un flux. Copiez son adresse dans votre lecteur de flux pour recevoir toutes les nouveautés.',
  },

  calendar: {
    name: (site) => `${site}\u00a0: maintenance`,
    event: (site, title) => `${site}\u00a0: ${title}`,
    cancelledEvent: (site, title) => `Annulée\u00a0: ${site}\u00a0: ${title}`,
  },

  text: {
    status: (status, impact) => `${status} · ${impact}`,
    began: (time) => `Début\u00a0: ${time}`,
    resolved: (time) => `Résolu\u00a0: ${time}`,
    nextUpdate: (time) => `Prochaine mise à jour au plus tard\u00a0: ${time}`,
    component: (name, status) => sentence`${name}\u00a0: ${status}`,
    remedy: (remedy) => sentence`Notre compensation\u00a0: ${remedy}`,
    maintenance: (status) => `Maintenance · ${status}`,
    from: (time) => `Début\u00a0: ${time}`,
    until: (time) => `Fin\u00a0: ${time}`,
    update: (status, time) => `${status}, ${time}`,
    editedUpdate: (status, time, edited) => `${status}, ${time} (modifiée\u00a0: ${edited})`,
  },

  notice: {
    maintenanceStatus: (status) => `Maintenance (${status.toLowerCase()})`,
    heading: (status, title) => sentence`${status}\u00a0: ${title}`,
    summary: (site, heading) => sentence`${site}\u00a0: ${heading}`,
    subject: (site, heading) => sentence`[${site}] ${heading}`,
    link: withStatus,
    emailLink: (site, address) => `${withStatus(site)}\u00a0: ${address}`,
  },
} satisfies Words;
