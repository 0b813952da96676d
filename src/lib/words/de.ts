import { isolated } from './direction.ts';
import { capitalized, grammar } from './grammar.ts';
import type { Words } from './en.ts';

const { duration, isolatedList, joined, list, names, number, percent, plural, sentence } = grammar('de');

const days = (amount: number): string => plural(amount, { one: '# Tag', other: '# Tage' });
const incidents = (amount: number): string => plural(amount, { one: '# Vorfall', other: '# Vorfälle' });

/** `Example Status`, but never `Example Status Status`. */
const withStatus = (site: string): string =>
  /status(?:page|seite)?\b/i.test(site) ? isolated(site) : sentence`${site} Status`;

const customerData = {
  unaffected: 'Kundendaten sind nicht betroffen',
  under_review: 'Wir prüfen, ob Kundendaten betroffen sind',
  affected: 'Kundendaten sind betroffen',
};

export const de = {
  componentStatus: {
    operational: 'Betriebsbereit',
    under_maintenance: 'In Wartung',
    degraded_performance: 'Eingeschränkte Leistung',
    partial_outage: 'Teilweiser Ausfall',
    major_outage: 'Schwerwiegender Ausfall',
  },
  incidentStatus: {
    investigating: 'Wird untersucht',
    identified: 'Identifiziert',
    monitoring: 'Wird überwacht',
    resolved: 'Behoben',
  },
  maintenanceStatus: {
    scheduled: 'Geplant',
    in_progress: 'Läuft',
    verifying: 'Wird überprüft',
    completed: 'Abgeschlossen',
  },
  cancelled: 'Abgesagt',
  impact: {
    none: 'Keine Auswirkungen',
    minor: 'Geringe Auswirkungen',
    major: 'Erhebliche Auswirkungen',
    critical: 'Kritische Auswirkungen',
  },
  customerData,
  cause: {
    change: 'Eine Software- oder Konfigurationsänderung',
    data: 'Fehlerhafte Daten',
    defect: 'Ein bereits vorhandener Fehler',
    manual_work: 'Ein manueller Eingriff',
    capacity: 'Zu wenig Kapazität',
    hardware: 'Hardware oder Netzwerk',
    dependency: 'Ein Dienst eines Drittanbieters',
    security: 'Ein Angriff',
    unknown: 'Unbekannt',
  },
  direction: 'ltr',
  duration: (amount) => duration(amount, 'weniger als eine Minute'),
  percent,
  listOf: list,
  names,

  headline: {
    operational: 'Alle Systeme betriebsbereit',
    under_maintenance: 'Wartungsarbeiten laufen',
    degraded_performance: 'Teilweise eingeschränkte Leistung',
    partial_outage: 'Kleinerer Ausfall',
    major_outage: 'Teilweiser Systemausfall',
    total_outage: 'Schwerwiegender Ausfall',
    openIncidents: (amount) => plural(amount, { one: '# aktiver Vorfall', other: '# aktive Vorfälle' }),
    noIncidents: 'Keine aktiven Vorfälle',
  },

  frame: {
    siteName: withStatus,
    pageTitle: (page, site) => `${isolated(page)} · ${withStatus(site)}`,
    skip: 'Zum Inhalt springen',
    pages: 'Seiten',
    links: 'Links',
    support: 'Support',
    timeZone: (zone) => `Zeitangaben in der Zeitzone ${zone}.`,
    yourTimeZone: 'Zeitangaben in Ihrer Zeitzone ({zone}).',
    yourTime: '{time} Ihrer Zeit',
    language: 'Deutsch',
    languages: 'Sprache',
    newUpdate: 'Es gibt ein neues Update.',
    changed: 'Diese Seite hat sich geändert.',
    show: 'Anzeigen',
    status: 'Status',
    history: 'Verlauf',
    postmortems: 'Postmortems',
    subscribe: 'Abonnieren',
    subscribeEmail: 'Per E-Mail',
    subscribeFeed: 'RSS- oder Atom-Feed',
    subscribeSlack: 'In Slack',
    subscribeCalendar: 'Kalender',
    subscribeMore: 'Alle Möglichkeiten',
    rss: (site) => `${withStatus(site)}: Updates`,
    atom: (site) => `${withStatus(site)}: Updates (Atom)`,
    jsonFeed: (site) => `${withStatus(site)}: Updates (JSON Feed)`,
    postmortemsRss: (site) => sentence`${site}: Postmortems`,
    maintenanceRss: (site) => sentence`${site}: Wartung`,
    componentRss: (component) => sentence`${component}: Status-Updates`,
    calendar: (site) => sentence`${site}: Wartungskalender`,
  },

  index: {
    description: (site, headline) => sentence`${site}: ${headline}`,
    asOf: 'Stand: {time}',
    quietFor: (amount) => `Keine Vorfälle seit ${plural(amount, { one: '# Tag', other: '# Tagen' })}`,
    components: 'Komponenten',
    more: (amount) => `${number(amount)} weitere`,
    noComponents: (site) =>
      sentence`Es sind keine Komponenten aufgeführt. Updates auf dieser Seite gelten für ${site} insgesamt.`,
    recent: (amount) => plural(amount, { one: 'Der letzte Tag', other: 'Die letzten # Tage' }),
    nothingYet: 'Bisher wurden keine Vorfälle erfasst. Wenn etwas ausfällt, erscheint hier jedes Update.',
    noIncidents: 'Keine Vorfälle.',
    history: 'Alle Vorfälle nach Monat',
    subscribe: 'Updates abonnieren',
  },

  incident: {
    description: (status, text) => sentence`${status}: ${text}`,
    resolved: '{time}, Dauer: {duration}',
    affectedNow: 'Betroffene Komponenten',
    affectedAtWorst: 'Betroffene Komponenten in ihrem schlechtesten Zustand',
    atWorst: 'Schlechtester Zustand:',
    nextUpdate: 'Nächstes Update bis {time}',
    overdue: 'Das nächste Update ist überfällig. Es war bis {time} angekündigt',
    postmortemDue: 'Ein Postmortem folgt bis {time}',
    postmortemLate: 'Das Postmortem ist überfällig. Es war bis {time} angekündigt',
    remedy: 'So machen wir es wieder gut:',
    claimUntil: 'Kann bis {time} in Anspruch genommen werden',
    remedied: 'Geleistet am {time}',
    began: 'Beginn: {time}',
    people: (lead, comms) => {
      if (lead === null) return sentence`Updates von ${comms ?? ''}`;
      return joined(sentence`Leitung: ${lead}`, comms && sentence`Updates: ${comms}`);
    },
    postmortem: 'Lesen Sie, was passiert ist und was wir daraus gelernt haben',
    updates: 'Updates',
    earlier: (amount) => plural(amount, { one: '# früheres Update anzeigen', other: '# frühere Updates anzeigen' }),
    allUpdates: (amount) => plural(amount, { one: 'Das Update', other: 'Alle # Updates' }),
    plainText: '{link}, zum Einfügen in Nachrichten',
    plainTextLink: 'Dieser Vorfall als reiner Text',
  },

  announcement: { times: 'Vom {from} bis {until}' },

  maintenance: {
    description: (status, from, to) => `Wartung (${status.toLowerCase()}): ${from} bis ${to}`,
    window: '{from} bis {to}',
    details: 'Details und Updates',
    updates: 'Updates',
    plainText: '{link}, zum Einfügen in Nachrichten',
    plainTextLink: 'Diese Wartung als reiner Text',
  },

  update: {
    reopened: 'Wieder geöffnet',
    renamed: (before) => sentence`Umbenannt, vorher: „${before}“`,
    reopenedAndRenamed: (before) => sentence`Wieder geöffnet und umbenannt, vorher: „${before}“`,
    promised: 'Angekündigt bis {time}:',
    kept: 'pünktlich',
    late: (time) => `${time} zu spät`,
    ended: 'Ende: {time}',
    posted: 'Veröffentlicht: {time}',
    edited: 'Bearbeitet: {time}',
  },

  listed: {
    maintenance: 'Wartung',
    window: '{from} bis {to}',
    postmortem: 'Postmortem',
    ongoing: 'dauert seit {since} an',
    continued: 'Fortsetzung, Beginn: {since}',
    reopened: 'wieder geöffnet',
    ended: '{ended}, Beginn: {since}',
  },

  component: {
    description: (component, status, bars) => sentence`${component}: ${status}.${bars === null ? '' : ` ${bars}`}`,
    uptime: (share) => `${share} verfügbar`,
    uptimeSince: (uptime, day) => `${uptime} seit dem ${day}`,
    uptimeAndDegraded: (uptime, degraded) => `${uptime}, eingeschränkte Leistung für ${degraded}`,
    noUptime: 'Noch keine Daten zur Verfügbarkeit',
    noBars: 'Noch keine Daten zur Verfügbarkeit.',
    daysAgo: (amount) => plural(amount, { one: 'vor # Tag', other: 'vor # Tagen' }),
    today: 'Heute',
    bars: (amount, troubled) => {
      const parts = joined(
        troubled.major > 0 ? `${days(troubled.major)} mit schwerwiegendem Ausfall` : null,
        troubled.partial > 0 ? `${days(troubled.partial)} mit teilweisem Ausfall` : null,
        troubled.degraded > 0 ? `${days(troubled.degraded)} mit eingeschränkter Leistung` : null,
      );
      const none = troubled.any ? 'keine Ausfälle' : 'keine Vorfälle';
      const span = amount === 1 ? 'Heute' : `Die letzten ${days(amount)}`;
      return `${span}: ${parts || none}.`;
    },
    affected: (time) =>
      capitalized(
        joined(
          time.major && `schwerwiegender Ausfall für ${time.major}`,
          time.partial && `teilweiser Ausfall für ${time.partial}`,
          time.degraded && `eingeschränkte Leistung für ${time.degraded}`,
          time.maintenance && `in Wartung für ${time.maintenance}`,
        ),
      ),
    troubledDays: (amount) => `${days(amount)} mit Vorfällen`,
    maintenance: 'Wartung',
    incidents: 'Vorfälle',
    noIncidents: (component) => sentence`Bisher war ${component} von keinem Vorfall betroffen.`,
    older: (amount) => plural(amount, { one: '# älterer Vorfall im Verlauf', other: '# ältere Vorfälle im Verlauf' }),
    follow: (component) => sentence`${component} abonnieren`,
    feed: 'Der {link} enthält einen Eintrag für jedes Update zu dieser Komponente.',
    feedLink: 'RSS-Feed',
  },

  history: {
    title: 'Verlauf',
    description: (site) => sentence`Alle Vorfälle bei ${site}, nach Monat`,
    empty: 'Bisher wurde nichts erfasst. Vorfälle und Wartungen werden hier nach Monat aufgelistet.',
    years: 'Jahre',
    months: 'Monate',
    allMonths: 'Alle Monate',
    earlier: (month) => `← ${month}`,
    later: (month) => `${month} →`,
    monthDescription: (site, month, summary) => sentence`Vorfälle bei ${site} im ${month}: ${summary}`,
    monthSummary: (amount, maintenances) =>
      joined(
        amount > 0 ? incidents(amount) : null,
        maintenances > 0 ? plural(maintenances, { one: '# Wartungsfenster', other: '# Wartungsfenster' }) : null,
      ) || 'keine Vorfälle',
  },

  postmortems: {
    title: 'Postmortems',
    description: (site) =>
      sentence`Was bei ${site} passiert ist, was wir daraus gelernt haben und was wir versprochen haben`,
    intro: 'Was passiert ist, was wir daraus gelernt haben und was wir versprochen haben.',
    sections: 'Auf dieser Seite',
    all: 'Alle Postmortems',
    none: 'Es gibt noch keine Postmortems. Nach einem schwerwiegenden Vorfall erklären wir hier, was passiert ist, damit alle daraus lernen können.',
    nonePublished: (within) =>
      `Es wurden noch keine Postmortems veröffentlicht.${within === null ? '' : ` Sie erscheinen spätestens ${within} nach dem Ende eines Vorfalls.`}`,
    lessons: 'Was wir gelernt haben',
    actions: 'Was wir versprochen haben',
    byComponent: 'Nach Komponente',
    noComponent: 'Keine Komponente angegeben',
    byCause: 'Nach Ursache',
    noCause: 'Nicht angegeben',
    actionsInTime: (amount) => `${number(amount)} rechtzeitig erledigt`,
    actionsLate: (amount) => `${number(amount)} verspätet erledigt`,
    actionsOpen: (amount) => `${number(amount)} offen`,
    actionsOverdue: (amount) => `${number(amount)} überfällig`,
    allDone: 'Was wir getan haben',
    doneSoFar: 'Was wir bisher getan haben',
    start: 'Zum Einstieg',
    search: 'In Titeln und Lehren suchen',
    nothingFound: 'Dazu gibt es kein Postmortem.',
  },

  postmortem: {
    remedy: 'So haben wir es wiedergutgemacht:',
    cause: 'Ursache:',
    incident: 'Der Vorfall, wie damals gemeldet: {link}, {time}',
    incidentWithDuration: 'Der Vorfall, wie damals gemeldet: {link}, {time}, {duration}',
    lessons: 'Was wir gelernt haben',
    actions: 'Was wir versprochen haben',
    updates: 'Was wir unseren Kunden mitgeteilt haben',
    authors: isolatedList,
    anchor: (heading) => sentence`Link zu „${heading}“`,
  },

  action: {
    done: 'Erledigt',
    open: 'Offen',
    overdue: 'Überfällig',
    due: 'fällig am {time}',
    doneOn: 'fällig am {time}, erledigt am {done}',
    doneLate: 'fällig am {time}, verspätet erledigt am {done}',
    from: 'aus {link}',
  },

  responseTimes: {
    title: 'Im Lauf der Jahre',
    caption:
      'Median der Zeit bis zum ersten Update und bis zur Behebung, und die Zahl der Vorfälle, auf denen er jeweils beruht',
    year: 'Jahr',
    firstUpdate: 'Erstes Update',
    resolved: 'Behoben',
    promised: 'Angekündigte Updates',
    incidents: (amount, continued) => {
      if (continued === 0) return incidents(amount);
      return amount === 0
        ? `${incidents(continued)} aus früheren Jahren`
        : `${incidents(amount)}, ${plural(continued, { one: '# weiterer', other: '# weitere' })} aus früheren Jahren`;
    },
    soFar: 'bisher',
    unknown: 'unbekannt',
    medianOf: (amount) => `von ${number(amount)}`,
    promises: (kept, late) => `${number(kept)}\u00a0pünktlich, ${number(late)}\u00a0verspätet`,
    noPromises: 'keine',
    plotFirstUpdate: 'Zeit bis zum ersten Update, Median jedes Jahres',
    plotResolved: 'Zeit bis zur Behebung, Median jedes Jahres',
    countedIncidents: (all) =>
      `Jeder Vorfall auf dieser Statusseite zählt zu dem Jahr, in dem er begann: insgesamt ${number(all)}. Der Median ist der mittlere Wert: Die Hälfte dauerte kürzer, die Hälfte länger.`,
    countedFirstUpdate: (known, all) =>
      known === 0
        ? 'Die Zeit bis zum ersten Update ist unbekannt, weil bei keinem Vorfall angegeben ist, ab wann Kunden betroffen waren.'
        : `Die Zeit bis zum ersten Update beginnt, sobald Kunden betroffen sind. Bekannt ist das bei ${number(known)} von ${plural(all, { one: '# Vorfall', other: '# Vorfällen' })}.`,
    countedResolved: (amount) =>
      plural(amount, {
        one: 'Die Zeit bis zur Behebung beruht auf # behobenen Vorfall bekannter Dauer. Die Zeit zwischen einer Behebung und einer erneuten Öffnung zählt nicht mit.',
        other:
          'Die Zeit bis zur Behebung beruht auf # behobenen Vorfällen bekannter Dauer. Die Zeit zwischen einer Behebung und einer erneuten Öffnung zählt nicht mit.',
      }),
    countedPromises:
      'Jedes Update kündigt an, bis wann das nächste kommt. Es ist pünktlich, wenn es bis zur angekündigten Minute erscheint.',
    countedPromisesImported:
      'Jedes Update kündigt an, bis wann das nächste kommt. Es ist pünktlich, wenn es bis zur angekündigten Minute erscheint. Vorfälle aus der Zeit vor unserem Umzug hierher hatten keine solchen Ankündigungen und zählen deshalb nicht mit.',
    openCircle: 'Ein offener Kreis steht für ein Jahr, das noch nicht vorbei ist.',
  },

  subscribe: {
    title: 'Abonnieren',
    description: (site) => sentence`So erhalten Sie jedes Update von ${site} genau einmal`,
    heading: 'Updates abonnieren',
    intro: 'Jedes Update erreicht Sie genau einmal, auch „Behoben“.',
    email: 'Per E-Mail',
    emailText:
      '{link} für unsere Mailingliste. Jedes Update ist eine Nachricht, und Sie können sich jederzeit wieder abmelden.',
    emailLink: 'Anmeldung',
    emailMessage: 'Senden Sie eine Nachricht an {link}. Sie erhalten eine Antwort, um Ihre Adresse zu bestätigen.',
    feedReader: 'In einem Feedreader',
    rss: {
      name: 'RSS',
      text: 'Ein Eintrag für jedes Update zu einem Vorfall oder einer Wartung, auch „Behoben“, und für jedes Postmortem.',
    },
    atom: { name: 'Atom', text: 'Dieselben Updates im Atom-Format.' },
    jsonFeed: { name: 'JSON Feed', text: 'Dieselben Updates als JSON.' },
    slack: 'In Slack',
    slackCommand: 'Geben Sie dies in dem Channel ein, der die Updates erhalten soll:',
    narrower: 'Auswählen, was Sie verfolgen',
    maintenance: { name: 'Wartung', text: 'Ein Eintrag für jedes Update zu einer geplanten Wartung.' },
    postmortems: {
      name: 'Postmortems',
      text: 'Ein Eintrag für jeden Bericht darüber, was passiert ist und was wir daraus gelernt haben.',
    },
    historyRss: {
      name: 'Ein Eintrag pro Vorfall (RSS)',
      text: 'Jeder Eintrag enthält alle Updates zu seinem Vorfall und ändert sich mit jedem Update, wie bei Statuspage. Gedacht für alle, die diese Adresse bereits abonniert haben.',
    },
    historyAtom: { name: 'Ein Eintrag pro Vorfall (Atom)', text: 'Dasselbe im Atom-Format.' },
    component: 'Eine Komponente',
    componentText: 'Updates zu den Vorfällen und Wartungen, die sie betreffen:',
    calendar: 'In einem Kalender',
    calendarText:
      'Jedes Wartungsfenster. Wird ein Fenster verschoben, ändert sich der Termin; wird es abgesagt, ist das am Termin vermerkt.',
    calendarAddress: '{link} oder diese Adresse zum Kalender hinzufügen:',
    calendarLink: 'Abonnieren',
    developers: 'Für Entwickler',
    developersText: 'Eine JSON-API, ein Badge, ein Banner für Ihre Website und reiner Text: siehe {link}.',
  },

  copy: {
    copy: 'Kopieren',
    copied: 'Kopiert',
  },

  developers: {
    title: 'Für Entwickler',
    description: (site) => sentence`Der Status von ${site} in Skripten, in README-Dateien und auf anderen Websites`,
    intro: 'Nutzen Sie den aktuellen Status in Ihren Skripten und auf Ihrer eigenen Website.',
    api: 'API',
    apiText:
      'Der aktuelle Status im Format der Statuspage-API: Gesamtstatus, Komponenten, offene Vorfälle und Wartungen.',
    webhooks: 'Webhooks',
    webhooksText:
      'Es ist keine Registrierung nötig. Rufen Sie den JSON Feed mit dem ETag Ihrer letzten Anfrage ab: Gibt es nichts Neues, ist die Antwort eine leere 304.',
    badge: 'Badge',
    embed: 'Offene Vorfälle auf Ihrer Website',
    embedLink: 'Als eigene Seite ansehen',
    frame: 'Ein Frame mit dem aktuellen Status und offenen Vorfällen:',
    banner: 'Ein Banner, das nur erscheint, wenn etwas nicht funktioniert:',
    text: 'Reiner Text',
    textText: 'Jeder Vorfall ist auch als reiner Text verfügbar, für Antworten an Kunden. Der neueste:',
  },

  notFound: {
    title: 'Seite nicht gefunden',
    description: 'Unter dieser Adresse gibt es keine Seite',
    heading: 'Seite nicht gefunden',
    text: 'Unter dieser Adresse gibt es keine Seite. Vielleicht wurde sie verschoben, oder die Adresse enthält einen Tippfehler.',
    status: 'Aktueller Status',
    history: 'Alle Vorfälle nach Monat',
  },

  badge: { site: withStatus },

  embed: {
    title: 'Aktueller Status',
    description: (site) => sentence`Der aktuelle Status von ${site}, zum Einbetten in andere Seiten`,
    updated: '{status}, {time}',
  },

  compose: {
    title: 'Update veröffentlichen',
    description: (site) => sentence`Ein Formular, um ein Update für ${site} zu veröffentlichen`,
    heading: 'Update veröffentlichen',
    notStarted:
      'Das Formular benötigt JavaScript, das in diesem Browser nicht läuft. Sie können ein Update auch ohne veröffentlichen: siehe {link}.',
    notStartedLink: 'unten',
    intro: (repository) =>
      `Für das Team. Dieses Formular bereitet eine Datei vor und öffnet damit GitHub. Von hier wird nichts gesendet: Die Veröffentlichung beginnt, wenn Sie auf GitHub „Commit changes“ drücken. Sie müssen bei GitHub angemeldet sein und Schreibrechte für ${repository} haben.`,
    incident: 'Worum geht es?',
    newIncident: 'Neuer Vorfall',
    incidentHint: (time) => `Offene Vorfälle, Stand ${time}. Fehlt einer, laden Sie die Seite in einer Minute neu.`,
    owing: 'Behoben, Wiedergutmachung noch offen',
    template: 'Beginnen mit',
    noTemplate: 'Leere Nachricht',
    titleField: 'Was bemerken Kunden?',
    titleExample: 'Fehler beim Bezahlen in Europa',
    titleHint: 'Der Titel eines neuen Vorfalls. Bei einem offenen Vorfall nur ausfüllen, um ihn umzubenennen.',
    status: 'Wie ist der Status?',
    sameStatus: (status) => `Unverändert: ${status}`,
    impact: 'Wie schlimm ist es?',
    impactOfComponents: 'Ergibt sich aus den Komponenten',
    sameImpactOfComponents: 'Unverändert: nach den Komponenten',
    sameAs: (value) => `Unverändert: ${value}`,
    same: 'Unverändert',
    components: 'Was ist betroffen?',
    addComponent: 'Komponente hinzufügen',
    notAffected: 'Nicht betroffen',
    customerData: 'Sind Kundendaten sicher?',
    noVerdict: 'Noch keine Angabe',
    nextUpdate: 'Wann kommt das nächste Update?',
    nextUpdateDefault: 'Wie üblich',
    nextUpdateHint: (zone) =>
      `Eine Uhrzeit in Ihrer Zeitzone (${zone}) wie 10:30, eine Dauer wie 30m oder none. Leer lassen für die übliche Zeit.`,
    message: 'Was sollten Kunden wissen?',
    started: 'Wann hat es begonnen?',
    startedHint: 'Nur bei einem neuen Vorfall, der früher begonnen hat, in der Zeitzone dieses Geräts.',
    ended: 'Wann war es vorbei?',
    endedHint: 'Nur mit „Behoben“, falls es schon früher vorbei war. Bis dahin waren die Komponenten oben betroffen.',
    more: 'Zeiten und Wiedergutmachung',
    remedy: 'Wie machen Sie es wieder gut?',
    remedyExample: 'Fehlgeschlagene Bestellungen werden nicht berechnet.',
    claim: 'Wie nehmen Kunden sie in Anspruch?',
    claimExample: 'Schreiben Sie mit Ihrer Bestellnummer an support@example.com.',
    claimUntil: 'Bis wann können Kunden sie in Anspruch nehmen?',
    remedied: 'Wann haben die Kunden sie erhalten?',
    remediedHint: 'Leer lassen, solange noch jemand wartet. Bis dahin bleibt die Wiedergutmachung offen.',
    lead: 'Wer leitet den Einsatz?',
    comms: 'Wer informiert die Kunden?',
    problems: 'Beheben Sie zuerst diese Probleme:',
    submit: 'Weiter auf GitHub',
    opened:
      'GitHub öffnet sich in einem neuen Tab mit der ausgefüllten Datei. Drücken Sie dort „Commit changes“, um die Veröffentlichung zu starten.',
    tooLong:
      'Der Text ist zu lang für einen Link. {button} {copied} Öffnen Sie dann GitHub mit dem Link unten. Der Dateiname ist dort schon ausgefüllt. Fügen Sie den Text ein und drücken Sie „Commit changes“.',
    copy: 'Text kopieren',
    copied: 'Kopiert.',
    notCopied:
      'Ihr Browser hat das Kopieren nicht erlaubt. Der Text der Datei ist unten markiert: Kopieren Sie ihn dort.',
    openGitHub: 'GitHub öffnen, um die Datei anzulegen',
    preview: 'Was Kunden sehen werden',
    noPreview:
      'Die Vorschau erscheint, sobald das Formular vollständig ist. Drücken Sie „Weiter auf GitHub“, um zu sehen, was fehlt.',
    previewNextUpdate: (time) => `Nächstes Update bis ${time}`,
    file: 'Die Datei',
    fileTime: (time) =>
      `Der Dateiname enthält die aktuelle Zeit: ${time}. Er wird aktualisiert, wenn Sie den Knopf drücken.`,
    credential:
      'Etwas hier sieht aus wie der Anfang eines Schlüssels, Tokens oder Passworts. Falls es eines ist, entfernen Sie es: Es würde abgelehnt, und git behält alles, was gepusht wurde.',
    titleMissing: 'Schreiben Sie, was Kunden bemerken, zum Beispiel „Fehler beim Bezahlen in Europa“.',
    messageMissing: 'Schreiben Sie, was Kunden wissen sollten.',
    nextUpdateWrong: (typed) =>
      `„${typed}“ ist weder eine Uhrzeit noch eine Dauer. Geben Sie eine Uhrzeit wie 10:30, eine Dauer wie 30m oder none ein.`,
    nextUpdateOver:
      'Nach „Behoben“ gibt es kein nächstes Update. Lassen Sie dieses Feld leer, oder wählen Sie einen anderen Status.',
    yearWrong: 'Das Jahr muss zwischen 2000 und 2099 liegen.',
    impactMissing: 'Wählen Sie, wie schwer die Störung ist, oder fügen Sie die betroffenen Komponenten hinzu.',
    remediedLater: 'Dieser Tag liegt in der Zukunft. Leer lassen, bis die Kunden die Wiedergutmachung haben.',
    problem: (message) => `Dieses Feld: ${message}`,
    clock: (device, known) =>
      `Die Uhr dieses Geräts zeigt ${device}, aber diese Seite enthält schon neuere Daten (${known}). Stellen Sie die Uhr und laden Sie die Seite neu.`,
    alreadyOpen: (title) =>
      sentence`„${title}“ ist bereits offen. Um ein Update dazu zu schreiben, wählen Sie den Vorfall hier aus. Ist dies ein anderer Vorfall, ändern Sie den Titel.`,
    underReview: `Im Vorfall steht, dass Kundendaten geprüft werden, und das bliebe so stehen. Wählen Sie das Ergebnis der Prüfung oder „${customerData.under_review}“.`,
    verdictMissing: `Bevor Sie einen Vorfall mit erheblichen oder kritischen Auswirkungen als behoben melden, geben Sie an, ob die Kundendaten sicher sind. Wenn Sie das noch nicht wissen, wählen Sie „${customerData.under_review}“.`,
    edit: {
      heading: 'Tippfehler korrigieren',
      intro:
        'Korrigieren Sie den Text eines veröffentlichten Updates. Die Seite zeigt, wann das Update bearbeitet wurde. Für Neuigkeiten veröffentlichen Sie stattdessen ein Update.',
      update: 'Welches Update?',
      label: (title, status, time) => sentence`${time} · ${status} · ${title}`,
      text: 'Der korrigierte Text',
      private:
        'Diese Datei enthält Notizen, die nur Ihr Team sehen kann. Korrigieren Sie die Datei deshalb auf GitHub. Fügen Sie die kopierte Zeile unter „status:“ ein; gibt es schon eine Zeile „edited:“, ersetzen Sie diese.',
      submit: 'Kopieren und GitHub öffnen',
      blank: 'Schreiben Sie den korrigierten Text.',
      unchanged: 'Der Text ist unverändert. Korrigieren Sie ihn zuerst.',
      copied:
        'Die korrigierte Datei ist kopiert. Markieren Sie auf GitHub alles, fügen Sie sie ein und drücken Sie „Commit changes“.',
      copiedLine:
        'Die Zeile ist kopiert. Fügen Sie sie auf GitHub ein, korrigieren Sie den Text und drücken Sie „Commit changes“.',
      notCopied: 'Ihr Browser hat das Kopieren nicht erlaubt. Kopieren Sie dies und fügen Sie es auf GitHub ein:',
      open: 'GitHub öffnen, um die Datei zu bearbeiten',
    },
    manual: 'Ohne das Formular',
    manualText:
      'Ein Update ist eine kleine Datei. Diese Links öffnen die Seite von GitHub, auf der Sie eine anlegen. Ersetzen Sie YYYY-MM-DDTHHMM durch die Zeit in UTC, etwa 2026-11-22T1405, und schreiben Sie Ihren Text unter die zweite Zeile aus Bindestrichen:',
    manualUpdate: (title) => sentence`Update: ${title}`,
    manualIncident: 'Neuer Vorfall',
    manualTitle: '{{was Kunden bemerken}}',
    manualBody: '{{was Kunden wissen sollten}}',
    manualExample: 'Wir kennen die Ursache: Ein Zertifikat ist abgelaufen. Wir erneuern es.',
    manualCheck:
      'Der Status ist investigating, identified, monitoring oder resolved. Fehler werden am Commit gemeldet und Kunden nie angezeigt.',
  },

  postmortemDraft: {
    summary: (title, lasted, first, last) => {
      const when = first === last ? `am ${first}` : `zwischen dem ${first} und dem ${last}`;
      return lasted === null ? `${title}, ${when}.` : `${title}, ${when}. Dauer: ${lasted}.`;
    },
    customerData: {
      label: 'Kundendaten',
      unaffected: 'nicht betroffen',
      under_review: 'wird noch geprüft',
      affected: 'betroffen',
    },
    moment: (date, clock) => `${date}, ${clock}`,
    fact: (label, value) => `**${label}:** ${value}`,
    update: (time, status) => `**${time}, ${status}:**`,
    checkIn: 'Check-in im Team',
    live: (time) => `live: ${time}`,
    affected: (components) => components.map(([name, status]) => `${name} (${status})`).join(', '),
    duration: 'Dauer',
    lasted: (lasted, range) => `${lasted}, ${range}`,
    noDuration: 'Wann hat es begonnen, und wann war es vorbei?',
    range: (from, to) => `vom ${from} bis ${to}`,
    lastedAndReopened: (lasted, times) => `${lasted}; ${number(times)}-mal wieder geöffnet`,
    firstUpdate: 'Zeit bis zum ersten Update für Kunden',
    noFirstUpdate: 'Seit wann waren Kunden betroffen, und wie lange hat es gedauert, bis wir sie informiert haben?',
    silence: 'Längste Pause zwischen zwei Updates',
    components: 'Komponenten',
    noComponents: 'keine angegeben',
    remedy: 'Wiedergutmachung',
    noRemedy: 'es wurde keine versprochen',
    times: 'Zeiten',
    timeZone: (zone) => `in der Zeitzone ${zone}`,
    lesson: 'Was Sie gelernt haben, in einem Satz',
    action: 'Das Zurückrollen üben',
    owner: 'Dana',
    sections: {
      happened: [
        'Was passiert ist',
        'Was ist ausgefallen, in Worten, die Kunden verstehen, und warum gerade in diesem Moment?',
      ],
      affected: [
        'Wer betroffen war, und wie',
        'Wie viele Kunden waren betroffen, wobei, seit wann? Was haben sie verloren? Wer war nicht betroffen?',
      ],
      timeline: [
        'Was wir wann getan haben',
        'Was haben wir zwischen diesen Updates getan, wer hat entschieden, und was haben wir vergeblich versucht?',
      ],
      noticed: [
        'Wie wir es bemerkt haben',
        'Wer oder was hat es zuerst bemerkt, und wie lange nach dem Beginn? Was hätte uns früher alarmieren sollen?',
      ],
      rollback: [
        'Was uns den Weg zurück ermöglicht hat, oder warum es keinen gab',
        'Welche Wege zurück hatten wir, wie lange haben sie gedauert, und was hat uns aufgehalten?',
      ],
      changed: [
        'Was wir geändert haben',
        'Was haben wir schon geändert, damit dies nicht noch einmal so passieren kann?',
      ],
      promised: [
        'Was wir versprechen',
        'Was wird getan, von wem und bis wann? Führen Sie es auch oben unter actions auf. Was erhalten Kunden, die etwas verloren haben?',
      ],
      learned: [
        'Was wir gelernt haben',
        'Was haben wir geglaubt, das sich als falsch herausgestellt hat? Was würde einem anderen Team helfen? Führen Sie es auch oben unter lessons auf.',
      ],
    },
  },

  templates: {
    investigating: {
      label: 'Etwas stimmt nicht, und wir untersuchen es',
      body: [
        'Seit etwa {{time}} für {{wen}} gestört: {{was nicht funktioniert}}. {{was weiterhin funktioniert oder stattdessen genutzt werden kann}}',
        'Wir untersuchen die Störung und prüfen zuerst, ob Kundendaten betroffen sind.',
      ],
    },
    identified: {
      label: 'Wir kennen die Ursache',
      body: [
        'Wir kennen die Ursache: {{ein Satz in einfachen Worten}}.',
        '{{was jetzt getan wird}}. Wir erwarten {{was sich für Kunden ändert, und bis wann}} und melden uns hier, falls sich das ändert.',
      ],
    },
    'no-news': {
      label: 'Nichts Neues, aber ein Update ist fällig',
      body: [
        'Seit dem letzten Update hat sich nichts geändert. Weiterhin gestört: {{was nicht funktioniert}}. Weiterhin verfügbar: {{was funktioniert}}.',
        '{{was gerade versucht wird}}.',
      ],
    },
    provider: {
      label: 'Einer unserer Anbieter hat einen Ausfall',
      body: [
        '{{was nicht funktioniert}}, weil unser Anbieter {{Name}}, den wir für {{Zweck}} nutzen, einen Ausfall hat: {{die Adresse seiner Statusseite}}',
        '{{was wir in der Zwischenzeit tun}}. {{was Kunden bis dahin tun können}}',
      ],
    },
    'closed-to-protect-data': {
      label: 'Wir haben es abgeschaltet, um Kundendaten zu schützen',
      body: [
        'Um {{time}} haben wir {{was}} absichtlich abgeschaltet, um Kundendaten zu schützen. {{warum: was wir wissen und was wir noch nicht wissen}}',
        '{{was weiterhin funktioniert}} {{was mit bereits aufgegebenen Bestellungen geschieht}}',
        'Unsere Prioritäten, der Reihe nach: Kundendaten schützen, Sie informieren, und erst dann den Dienst wiederherstellen.',
      ],
    },
    'customer-data-safe': {
      label: 'Kundendaten sind sicher, die Reparatur läuft weiter',
      body: [
        'Kundendaten sind sicher. Wir haben {{welche Systeme, welche Datensätze, von wann bis wann}} geprüft: Niemand hat fremde Daten gesehen oder verändert, und es sind keine Daten verloren gegangen.',
        'Wir reparieren noch: {{was nicht funktioniert}}.',
      ],
    },
    monitoring: {
      label: 'Es funktioniert wieder, und wir überwachen es',
      body: [
        'Seit {{time}} wieder verfügbar: {{was gestört war}}. {{was getan wurde}}',
        'Wir überwachen {{was genau}} bis {{wann}}, bevor wir die Störung als behoben melden.',
      ],
    },
    reopened: {
      label: 'Wir haben es zu früh geschlossen',
      body: [
        'Wir haben zu früh gemeldet, dass die Störung vorbei ist. Seit {{time}} {{was wieder ausfällt, und für wen}}.',
        'Wir haben den Vorfall wieder geöffnet und klären, {{was dieses Mal anders ist}}.',
      ],
    },
    resolved: {
      label: 'Es ist vorbei',
      body: [
        'Seit {{wie lange}} wieder ohne Störung: {{was gestört war}}. Von {{wann}} bis {{wann}} betraf das {{wie viele Kunden, Bestellungen oder Zahlungen}}: {{auf welche Weise}}.',
        '{{was mit denen geschieht, die etwas verloren haben, oder: Sie müssen nichts tun}}',
        '{{was wir schon geändert haben}} Ein ausführlicher Bericht folgt hier.',
      ],
    },
    scheduled: {
      label: 'Eine Wartung ist geplant',
      body: [
        '{{was getan wird, und warum}}. Während dieser Zeit {{was nicht funktioniert, und wie lange}}; {{was weiterhin funktioniert}}.',
        '{{was Kunden vorher tun sollten, oder: Sie müssen nichts tun}}',
      ],
    },
    'maintenance-longer': {
      label: 'Die Wartung dauert länger',
      body: [
        'Die Arbeiten dauern länger als geplant, weil {{warum}}. {{was bis dahin nicht funktioniert}}',
        'Wir rechnen jetzt damit, bis {{wann}} fertig zu sein.',
      ],
    },
    'maintenance-done': {
      label: 'Die Wartung ist abgeschlossen',
      body: ['Die Arbeiten sind abgeschlossen, und alles funktioniert. {{was für Kunden jetzt anders ist}}'],
    },
  },

  feeds: {
    updates: {
      title: withStatus,
      description: (site) => `Jedes Status-Update von ${site}, genau einmal`,
    },
    maintenance: {
      title: (site) => `${withStatus(site)}: Wartung`,
      description: (site) => `Jedes Update zu geplanten Wartungen bei ${site}, genau einmal`,
    },
    component: {
      title: (site, component) => `${withStatus(site)}: ${component}`,
      description: (site, component) => `Jedes Status-Update von ${site}, das ${component} betrifft, genau einmal`,
    },
    history: {
      title: (site) => `${withStatus(site)} – Vorfallverlauf`,
      description: (site) => `Jeder Vorfall bei ${site}, mit allen Updates`,
    },
    postmortems: {
      title: (site) => `${site}: Postmortems`,
      description: (site) => `Was bei ${site} passiert ist und was wir daraus gelernt haben`,
    },
    announcement: 'Ankündigung',
    postmortem: 'Postmortem',
    readPostmortem: 'Postmortem lesen',
    time: (year, month, day, clock) => `${day}.${month}.${year}, ${clock} UTC`,
    shortTime: (month, day, clock) => `${day}.${month}., ${clock} UTC`,
    itemTitle: (status, name, time) => `${status}: ${name} (${time})`,
    maintenanceStatus: (status) => `Wartung (${status.toLowerCase()})`,
    customerData: (verdict) => `${customerData[verdict]}.`,
    window: (from, to) => `Vom ${from} bis ${to}.`,
    ended: (time) => `Ende: ${time}.`,
    edited: (time) => `Bearbeitet: ${time}.`,
    inBrowser: 'Dies ist ein Feed. Kopieren Sie seine Adresse in Ihren Feedreader, um alles Neue zu erhalten.',
  },

  calendar: {
    name: (site) => `${site}: Wartung`,
    event: (site, title) => `${site}: ${title}`,
    cancelledEvent: (site, title) => `Abgesagt: ${site}: ${title}`,
  },

  text: {
    status: (status, impact) => `${status} · ${impact}`,
    began: (time) => `Beginn: ${time}`,
    resolved: (time) => `Behoben: ${time}`,
    nextUpdate: (time) => `Nächstes Update bis: ${time}`,
    component: (name, status) => sentence`${name}: ${status}`,
    remedy: (remedy) => sentence`So machen wir es wieder gut: ${remedy}`,
    maintenance: (status) => `Wartung · ${status}`,
    from: (time) => `Beginn: ${time}`,
    until: (time) => `Ende: ${time}`,
    update: (status, time) => `${status}, ${time}`,
    editedUpdate: (status, time, edited) => `${status}, ${time} (bearbeitet: ${edited})`,
  },

  notice: {
    maintenanceStatus: (status) => `Wartung (${status.toLowerCase()})`,
    heading: (status, title) => sentence`${status}: ${title}`,
    summary: (site, heading) => sentence`${site}: ${heading}`,
    subject: (site, heading) => sentence`[${site}] ${heading}`,
    link: withStatus,
    emailLink: (site, address) => `${withStatus(site)}: ${address}`,
  },
} satisfies Words;
