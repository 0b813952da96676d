import { isolated } from './direction.ts';
import type { Words } from './en.ts';
import { capitalized, grammar } from './grammar.ts';

const { duration, isolatedList, joined, list, names, number, percent, plural, sentence } = grammar('es');

const days = (amount: number): string => plural(amount, { one: '# día', other: '# días' });
const incidents = (amount: number): string => plural(amount, { one: '# incidente', other: '# incidentes' });

/** `Estado de Example`, unless the name already says so. */
const withStatus = (site: string): string =>
  /estado|status(?:page)?\b/i.test(site) ? isolated(site) : sentence`Estado de ${site}`;

const customerData = {
  unaffected: 'Los datos de los clientes no están afectados',
  under_review: 'Estamos comprobando si los datos de los clientes están afectados',
  affected: 'Los datos de los clientes están afectados',
};

export const es = {
  componentStatus: {
    operational: 'Operativo',
    under_maintenance: 'En mantenimiento',
    degraded_performance: 'Rendimiento degradado',
    partial_outage: 'Interrupción parcial',
    major_outage: 'Interrupción grave',
  },
  incidentStatus: {
    investigating: 'En investigación',
    identified: 'Identificado',
    monitoring: 'En observación',
    resolved: 'Resuelto',
  },
  maintenanceStatus: {
    scheduled: 'Programado',
    in_progress: 'En curso',
    verifying: 'En verificación',
    completed: 'Completado',
  },
  cancelled: 'Cancelado',
  impact: {
    none: 'Sin impacto',
    minor: 'Impacto leve',
    major: 'Impacto grave',
    critical: 'Impacto crítico',
  },
  customerData,
  cause: {
    change: 'Un cambio de software o de configuración',
    data: 'Datos erróneos',
    defect: 'Un defecto ya existente',
    manual_work: 'Una intervención manual',
    capacity: 'Capacidad insuficiente',
    hardware: 'Hardware o red',
    dependency: 'Un servicio de terceros',
    security: 'Un ataque',
    unknown: 'Desconocida',
  },
  direction: 'ltr',
  duration: (amount) => duration(amount, 'menos de un minuto'),
  percent,
  listOf: list,
  names,

  headline: {
    operational: 'Todos los sistemas operativos',
    under_maintenance: 'Servicio en mantenimiento',
    degraded_performance: 'Servicio parcialmente degradado',
    partial_outage: 'Interrupción leve del servicio',
    major_outage: 'Interrupción parcial del sistema',
    total_outage: 'Interrupción grave del servicio',
    openIncidents: (amount) => plural(amount, { one: '# incidente activo', other: '# incidentes activos' }),
    noIncidents: 'No hay incidentes activos',
  },

  frame: {
    siteName: withStatus,
    pageTitle: (page, site) => `${isolated(page)} · ${withStatus(site)}`,
    skip: 'Ir al contenido',
    pages: 'Páginas',
    links: 'Enlaces',
    support: 'Soporte',
    timeZone: (zone) => `Las horas corresponden a la zona horaria ${zone}.`,
    yourTimeZone: 'Las horas corresponden a su zona horaria ({zone}).',
    yourTime: '{time}, su hora local',
    language: 'Español',
    languages: 'Idioma',
    newUpdate: 'Se ha publicado una nueva actualización.',
    changed: 'Esta página ha cambiado.',
    show: 'Mostrar',
    status: 'Estado',
    history: 'Historial',
    postmortems: 'Postmortems',
    subscribe: 'Suscribirse',
    subscribeEmail: 'Por correo electrónico',
    subscribeFeed: 'Feed RSS o Atom',
    subscribeSlack: 'En Slack',
    subscribeCalendar: 'Calendario',
    subscribeMore: 'Todas las opciones',
    rss: (site) => `${withStatus(site)}: actualizaciones`,
    atom: (site) => `${withStatus(site)}: actualizaciones (Atom)`,
    jsonFeed: (site) => `${withStatus(site)}: actualizaciones (JSON Feed)`,
    postmortemsRss: (site) => sentence`Postmortems de ${site}`,
    maintenanceRss: (site) => sentence`Mantenimiento de ${site}`,
    componentRss: (component) => sentence`${component}: actualizaciones de estado`,
    calendar: (site) => sentence`Calendario de mantenimiento de ${site}`,
  },

  index: {
    description: (site, headline) => sentence`${site}: ${headline}`,
    asOf: 'Actualizado: {time}',
    quietFor: (amount) => `Sin incidentes desde hace ${days(amount)}`,
    components: 'Componentes',
    more: (amount) => `${number(amount)} más`,
    noComponents: (site) =>
      sentence`No se indica ningún componente. Las actualizaciones de esta página se aplican a todo ${site}.`,
    recent: (amount) => plural(amount, { one: 'El último día', other: 'Los últimos # días' }),
    nothingYet:
      'Todavía no se ha registrado ningún incidente. Cuando algo falle, todas las actualizaciones aparecerán aquí.',
    noIncidents: 'Sin incidentes.',
    history: 'Todos los incidentes por mes',
    subscribe: 'Recibir actualizaciones',
  },

  incident: {
    description: (status, text) => sentence`${status}: ${text}`,
    resolved: '{time}, duración: {duration}',
    affectedNow: 'Componentes afectados',
    affectedAtWorst: 'Componentes afectados en el peor momento del incidente',
    atWorst: 'En el peor momento:',
    nextUpdate: 'Próxima actualización, a más tardar: {time}',
    overdue: 'La próxima actualización lleva retraso. Plazo anunciado: {time}',
    postmortemDue: 'Publicaremos un postmortem a más tardar el {time}',
    postmortemLate: 'El postmortem lleva retraso. Estaba previsto para el {time}',
    remedy: 'Cómo lo compensamos:',
    claimUntil: 'Se puede solicitar hasta el {time}',
    remedied: 'Entregada el {time}',
    began: 'Inicio: {time}',
    people: (lead, comms) => {
      if (lead === null) return sentence`Actualizaciones: ${comms ?? ''}`;
      return joined(sentence`Coordinación: ${lead}`, comms && sentence`actualizaciones: ${comms}`);
    },
    postmortem: 'Leer qué ocurrió y qué aprendimos',
    updates: 'Actualizaciones',
    earlier: (amount) =>
      plural(amount, {
        one: 'Mostrar # actualización anterior',
        other: 'Mostrar # actualizaciones anteriores',
      }),
    allUpdates: (amount) => plural(amount, { one: 'La actualización', other: 'Las # actualizaciones' }),
    plainText: '{link}, para pegar en mensajes',
    plainTextLink: 'Este incidente como texto sin formato',
  },

  announcement: { times: 'Del {from} al {until}' },

  maintenance: {
    description: (status, from, to) => `Mantenimiento (${status.toLowerCase()}): ${from} – ${to}`,
    window: '{from} – {to}',
    details: 'Detalles y actualizaciones',
    updates: 'Actualizaciones',
    plainText: '{link}, para pegar en mensajes',
    plainTextLink: 'Este mantenimiento como texto sin formato',
  },

  update: {
    reopened: 'Reabierto',
    renamed: (before) => sentence`Título anterior: «${before}»`,
    reopenedAndRenamed: (before) => sentence`Reabierto. Título anterior: «${before}»`,
    promised: 'Plazo anunciado ({time}):',
    kept: 'a tiempo',
    late: (time) => `${time} de retraso`,
    ended: 'Fin: {time}',
    posted: 'Publicada: {time}',
    edited: 'Editada: {time}',
  },

  listed: {
    maintenance: 'Mantenimiento',
    window: '{from} – {to}',
    postmortem: 'Postmortem',
    ongoing: 'en curso desde el {since}',
    continued: 'continuación, inicio: {since}',
    reopened: 'reabierto',
    ended: '{ended}, inicio: {since}',
  },

  component: {
    description: (component, status, bars) => sentence`${component}: ${status}.${bars === null ? '' : ` ${bars}`}`,
    uptime: (share) => `${share} disponible`,
    uptimeSince: (uptime, day) => `${uptime} desde el ${day}`,
    uptimeAndDegraded: (uptime, degraded) => `${uptime}, rendimiento degradado durante ${degraded}`,
    noUptime: 'Todavía no hay datos de disponibilidad',
    noBars: 'Todavía no hay datos de disponibilidad.',
    daysAgo: (amount) => `hace ${days(amount)}`,
    today: 'Hoy',
    bars: (amount, troubled) => {
      const parts = joined(
        troubled.major > 0 ? `${days(troubled.major)} con interrupción grave` : null,
        troubled.partial > 0 ? `${days(troubled.partial)} con interrupción parcial` : null,
        troubled.degraded > 0 ? `${days(troubled.degraded)} con rendimiento degradado` : null,
      );
      const none = troubled.any ? 'sin interrupciones' : 'sin incidentes';
      const span = amount === 1 ? 'Hoy' : `Los últimos ${days(amount)}`;
      return `${span}: ${parts || none}.`;
    },
    affected: (time) =>
      capitalized(
        joined(
          time.major && `interrupción grave durante ${time.major}`,
          time.partial && `interrupción parcial durante ${time.partial}`,
          time.degraded && `rendimiento degradado durante ${time.degraded}`,
          time.maintenance && `en mantenimiento durante ${time.maintenance}`,
        ),
      ),
    troubledDays: (amount) => `${days(amount)} con incidentes`,
    maintenance: 'Mantenimiento',
    incidents: 'Incidentes',
    noIncidents: (component) => sentence`Hasta ahora ningún incidente ha afectado a ${component}.`,
    older: (amount) =>
      plural(amount, {
        one: '# incidente más antiguo en el historial',
        other: '# incidentes más antiguos en el historial',
      }),
    follow: (component) => sentence`Seguir ${component}`,
    feed: 'El {link} contiene un elemento por cada actualización sobre este componente.',
    feedLink: 'feed RSS',
  },

  history: {
    title: 'Historial',
    description: (site) => sentence`Todos los incidentes de ${site}, por mes`,
    empty: 'Todavía no se ha registrado nada. Los incidentes y mantenimientos aparecerán aquí por mes.',
    years: 'Años',
    months: 'Meses',
    allMonths: 'Todos los meses',
    earlier: (month) => `← ${month}`,
    later: (month) => `${month} →`,
    monthDescription: (site, month, summary) => sentence`Incidentes de ${site} en ${month}: ${summary}`,
    monthSummary: (amount, maintenances) =>
      joined(
        amount > 0 ? incidents(amount) : null,
        maintenances > 0
          ? plural(maintenances, { one: '# ventana de mantenimiento', other: '# ventanas de mantenimiento' })
          : null,
      ) || 'sin incidentes',
  },

  postmortems: {
    title: 'Postmortems',
    description: (site) => sentence`Qué ocurrió en ${site}, qué aprendimos y qué prometimos`,
    intro: 'Qué ocurrió, qué aprendimos y qué prometimos.',
    sections: 'En esta página',
    all: 'Todos los postmortems',
    none: 'Todavía no hay postmortems. Después de un incidente grave, explicamos aquí qué ocurrió para que todos puedan aprender de ello.',
    nonePublished: (within) =>
      `Todavía no se ha publicado ningún postmortem.${within === null ? '' : ` Plazo de publicación tras el fin de un incidente: ${within}.`}`,
    lessons: 'Qué aprendimos',
    actions: 'Qué prometimos',
    byComponent: 'Por componente',
    noComponent: 'Ningún componente indicado',
    byCause: 'Por causa',
    noCause: 'No indicada',
    actionsInTime: (amount) => plural(amount, { one: '# cumplida a tiempo', other: '# cumplidas a tiempo' }),
    actionsLate: (amount) => plural(amount, { one: '# cumplida con retraso', other: '# cumplidas con retraso' }),
    actionsOpen: (amount) => plural(amount, { one: '# pendiente', other: '# pendientes' }),
    actionsOverdue: (amount) => plural(amount, { one: '# vencida', other: '# vencidas' }),
    allDone: 'Qué hicimos',
    doneSoFar: 'Qué hemos hecho hasta ahora',
    start: 'Por dónde empezar',
    search: 'Buscar en títulos y lecciones',
    nothingFound: 'Ningún postmortem coincide.',
  },

  postmortem: {
    remedy: 'Cómo lo hemos compensado:',
    cause: 'Causa:',
    incident: 'El incidente tal como se comunicó en su momento: {link}, {time}',
    incidentWithDuration: 'El incidente tal como se comunicó en su momento: {link}, {time}, {duration}',
    lessons: 'Qué aprendimos',
    actions: 'Qué prometimos',
    updates: 'Qué comunicamos a los clientes',
    authors: isolatedList,
    anchor: (heading) => sentence`Enlace a «${heading}»`,
  },

  action: {
    done: 'Cumplida',
    open: 'Pendiente',
    overdue: 'Vencida',
    due: 'fecha límite: {time}',
    doneOn: 'fecha límite: {time}, cumplida: {done}',
    doneLate: 'fecha límite: {time}, cumplida con retraso: {done}',
    from: 'de {link}',
  },

  responseTimes: {
    title: 'A lo largo de los años',
    caption:
      'Mediana del tiempo hasta la primera actualización y hasta la resolución, y en cuántos incidentes se basa cada una',
    year: 'Año',
    firstUpdate: 'Primera actualización',
    resolved: 'Resolución',
    promised: 'Actualizaciones anunciadas',
    incidents: (amount, continued) => {
      if (continued === 0) return incidents(amount);
      return amount === 0
        ? `${incidents(continued)} de años anteriores`
        : `${incidents(amount)}, y ${number(continued)} más de años anteriores`;
    },
    soFar: 'hasta ahora',
    unknown: 'desconocido',
    medianOf: (amount) => `de ${number(amount)}`,
    promises: (kept, late) => `${number(kept)}\u00a0a\u00a0tiempo, ${number(late)}\u00a0con\u00a0retraso`,
    noPromises: 'ninguna',
    plotFirstUpdate: 'Tiempo hasta la primera actualización, mediana de cada año',
    plotResolved: 'Tiempo hasta la resolución, mediana de cada año',
    countedIncidents: (all) =>
      `Cada incidente de esta página de estado se cuenta en el año en que comenzó: ${number(all)} en total. La mediana es el valor central: la mitad duró menos y la otra mitad, más.`,
    countedFirstUpdate: (known, all) =>
      known === 0
        ? 'El tiempo hasta la primera actualización se desconoce porque ningún incidente indica desde cuándo estaban afectados los clientes.'
        : `El tiempo hasta la primera actualización se cuenta desde que los clientes resultaron afectados, lo cual se conoce en ${number(known)} de ${incidents(all)}.`,
    countedResolved: (amount) =>
      plural(amount, {
        one: 'El tiempo hasta la resolución se basa en # incidente resuelto de duración conocida. El tiempo entre una resolución y una reapertura no se cuenta.',
        other:
          'El tiempo hasta la resolución se basa en # incidentes resueltos de duración conocida. El tiempo entre una resolución y una reapertura no se cuenta.',
      }),
    countedPromises:
      'Cada actualización indica cuándo esperar la siguiente. La promesa se cumple si esta se publica a más tardar en el minuto anunciado.',
    countedPromisesImported:
      'Cada actualización indica cuándo esperar la siguiente. La promesa se cumple si esta se publica a más tardar en el minuto anunciado. Los incidentes anteriores a nuestro traslado aquí no incluían esas promesas, por lo que no se cuentan.',
    openCircle: 'Un círculo vacío indica un año que aún no ha terminado.',
  },

  subscribe: {
    title: 'Suscribirse',
    description: (site) => sentence`Cómo recibir cada actualización de ${site} una sola vez`,
    heading: 'Recibir actualizaciones',
    intro: 'Cada actualización le llega una sola vez, incluida «Resuelto».',
    email: 'Por correo electrónico',
    emailText:
      '{link} a nuestra lista de correo. Cada actualización es un mensaje, y puede darse de baja en cualquier momento.',
    emailLink: 'Suscríbase',
    emailMessage: 'Envíe un mensaje a {link}. Recibirá una respuesta para confirmar su dirección.',
    feedReader: 'En un lector de feeds',
    rss: {
      name: 'RSS',
      text: 'Un elemento por cada actualización de un incidente o mantenimiento, incluida «Resuelto», y por cada postmortem.',
    },
    atom: { name: 'Atom', text: 'Las mismas actualizaciones en formato Atom.' },
    jsonFeed: { name: 'JSON Feed', text: 'Las mismas actualizaciones en JSON.' },
    slack: 'En Slack',
    slackCommand: 'Escriba esto en el canal que debe recibir las actualizaciones:',
    narrower: 'Elegir qué seguir',
    maintenance: {
      name: 'Mantenimiento',
      text: 'Un elemento por cada actualización sobre un mantenimiento programado.',
    },
    postmortems: { name: 'Postmortems', text: 'Un elemento por cada relato de lo que ocurrió y de lo que aprendimos.' },
    historyRss: {
      name: 'Una entrada por incidente (RSS)',
      text: 'Cada entrada contiene todas las actualizaciones de su incidente y cambia con cada actualización, como en Statuspage. Está pensado para quienes ya usan esta dirección.',
    },
    historyAtom: { name: 'Una entrada por incidente (Atom)', text: 'Lo mismo en formato Atom.' },
    component: 'Un solo componente',
    componentText: 'Actualizaciones sobre los incidentes y mantenimientos que lo afectan:',
    calendar: 'En un calendario',
    calendarText:
      'Todas las ventanas de mantenimiento. Los eventos se mueven cuando se cambia la fecha de una ventana y se marcan cuando se cancela.',
    calendarAddress: '{link}, o añada esta dirección a su calendario:',
    calendarLink: 'Suscríbase',
    developers: 'Para desarrolladores',
    developersText: 'Una API JSON, una insignia, un aviso para su sitio y texto sin formato: vea {link}.',
  },

  copy: {
    copy: 'Copiar',
    copied: 'Copiado',
  },

  developers: {
    title: 'Para desarrolladores',
    description: (site) => sentence`El estado de ${site} en scripts, en archivos README y en otros sitios`,
    intro: 'Use el estado actual en sus scripts y en su propio sitio.',
    api: 'API',
    apiText:
      'El estado actual en el formato de la API de Statuspage: estado general, componentes, incidentes abiertos y mantenimientos.',
    webhooks: 'Webhooks',
    webhooksText:
      'No es necesario registrarse. Consulte el JSON Feed con el ETag de su última petición: si no hay novedades, la respuesta es un 304 vacío.',
    badge: 'Insignia',
    embed: 'Incidentes abiertos en su sitio',
    embedLink: 'Ver en una página aparte',
    frame: 'Un marco con el estado actual y los incidentes abiertos:',
    banner: 'Un aviso que solo aparece mientras algo falla:',
    text: 'Texto sin formato',
    textText:
      'Cada incidente está disponible también como texto sin formato, para responder a clientes. El más reciente:',
  },

  notFound: {
    title: 'Página no encontrada',
    description: 'No hay ninguna página en esta dirección',
    heading: 'Página no encontrada',
    text: 'No hay ninguna página en esta dirección. Puede que se haya movido o que la dirección tenga un error.',
    status: 'Estado actual',
    history: 'Todos los incidentes por mes',
  },

  badge: { site: withStatus },

  embed: {
    title: 'Estado actual',
    description: (site) => sentence`El estado actual de ${site}, para insertar en otras páginas`,
    updated: '{status}, {time}',
  },

  compose: {
    title: 'Publicar una actualización',
    description: (site) => sentence`Un formulario para publicar una actualización de ${site}`,
    heading: 'Publicar una actualización',
    notStarted:
      'El formulario necesita JavaScript, que no se está ejecutando en este navegador. Puede publicar una actualización sin él: vea {link}.',
    notStartedLink: 'más abajo',
    intro: (repository) =>
      `Para el equipo. Este formulario prepara un archivo y abre GitHub con él. Desde aquí no se envía nada: la publicación comienza cuando pulsa «Commit changes» en GitHub. Debe haber iniciado sesión en GitHub y tener acceso de escritura a ${repository}.`,
    incident: '¿De qué se trata?',
    newIncident: 'Incidente nuevo',
    incidentHint: (time) =>
      `Incidentes abiertos (lista del ${time}). Si falta alguno, recargue la página dentro de un minuto.`,
    owing: 'Resueltos, con la compensación pendiente',
    template: 'Empezar con',
    noTemplate: 'Un mensaje vacío',
    titleField: '¿Qué notan los clientes?',
    titleExample: 'Errores de pago en Europa',
    titleHint: 'El título de un incidente nuevo. En un incidente abierto, rellénelo solo para cambiar el título.',
    status: '¿Cuál es el estado?',
    sameStatus: (status) => `Sin cambios: ${status}`,
    impact: '¿Qué gravedad tiene?',
    impactOfComponents: 'Según los componentes',
    sameImpactOfComponents: 'Sin cambios: según los componentes',
    sameAs: (value) => `Sin cambios: ${value.toLowerCase()}`,
    same: 'Sin cambios',
    components: '¿Qué está afectado?',
    addComponent: 'Añadir un componente',
    notAffected: 'No afectado',
    customerData: '¿Están a salvo los datos de los clientes?',
    noVerdict: 'No indicarlo todavía',
    nextUpdate: '¿Cuándo será la próxima actualización?',
    nextUpdateDefault: 'Como de costumbre',
    nextUpdateHint: (zone) =>
      `Una hora en su zona horaria (${zone}), como 10:30; una duración, como 30m; o none. Déjelo en blanco para la hora habitual.`,
    message: '¿Qué deben saber los clientes?',
    started: '¿Cuándo comenzó?',
    startedHint: 'Solo para un incidente nuevo que comenzó antes, en la zona horaria de este dispositivo.',
    ended: '¿Cuándo terminó?',
    endedHint: 'Solo con «Resuelto», si terminó antes. Los componentes de arriba estuvieron afectados hasta entonces.',
    more: 'Horas y compensación',
    remedy: '¿Cómo lo compensará?',
    remedyExample: 'Los pedidos fallidos no se cobrarán.',
    claim: '¿Cómo la solicitan los clientes?',
    claimExample: 'Escriba a support@example.com con su número de pedido.',
    claimUntil: '¿Hasta cuándo se puede solicitar?',
    remedied: '¿Cuándo la recibieron los clientes?',
    remediedHint: 'Déjelo en blanco mientras algún cliente la espere. Hasta entonces, la compensación sigue pendiente.',
    lead: '¿Quién coordina la respuesta?',
    comms: '¿Quién informa a los clientes?',
    problems: 'Corrija primero estos problemas:',
    submit: 'Continuar en GitHub',
    opened:
      'GitHub se abre en una pestaña nueva con el archivo rellenado. Pulse allí «Commit changes» para iniciar la publicación.',
    tooLong:
      'El texto es demasiado largo para un enlace. {button} {copied} Después, abra GitHub con el enlace de abajo, donde el nombre del archivo ya está rellenado. Pegue el texto y pulse «Commit changes».',
    copy: 'Copiar el texto',
    copied: 'Copiado.',
    notCopied: 'Su navegador no permitió copiar. El texto del archivo está seleccionado abajo: cópielo desde ahí.',
    openGitHub: 'Abrir GitHub para crear el archivo',
    preview: 'Lo que verán los clientes',
    noPreview:
      'La vista previa aparece cuando el formulario está completo. Pulse «Continuar en GitHub» para ver qué falta.',
    previewNextUpdate: (time) => `Próxima actualización, a más tardar: ${time}`,
    file: 'El archivo',
    fileTime: (time) => `El nombre del archivo contiene la hora actual: ${time}. Se actualiza al pulsar el botón.`,
    credential:
      'Algo aquí parece el comienzo de una clave, un token o una contraseña. Si lo es, elimínelo: se rechazaría, y git conserva todo lo que se envía.',
    titleMissing: 'Escriba lo que notan los clientes, por ejemplo «Errores de pago en Europa».',
    messageMissing: 'Escriba lo que deben saber los clientes.',
    nextUpdateWrong: (typed) =>
      `«${typed}» no es una hora ni una duración. Escriba una hora, como 10:30; una duración, como 30m; o none.`,
    nextUpdateOver:
      'Después de «Resuelto» no hay próxima actualización. Deje este campo en blanco o elija otro estado.',
    yearWrong: 'El año debe estar entre 2000 y 2099.',
    impactMissing: 'Elija la gravedad o añada los componentes afectados.',
    remediedLater: 'Esta fecha está en el futuro. Déjela en blanco hasta que los clientes tengan la compensación.',
    problem: (message) => `Este campo: ${message}`,
    clock: (device, known) =>
      `El reloj de este dispositivo marca ${device}, pero esta página ya contiene datos más recientes (${known}). Ajuste el reloj y recargue la página.`,
    alreadyOpen: (title) =>
      sentence`«${title}» ya está abierto. Para actualizarlo, selecciónelo aquí. Si se trata de otro incidente, cambie el título.`,
    underReview: `El incidente indica que los datos de los clientes están en revisión, y lo seguiría indicando. Elija el resultado de la revisión o «${customerData.under_review}».`,
    verdictMissing: `Antes de dar por resuelto un incidente de impacto grave o crítico, indique si los datos de los clientes están a salvo. Si aún no lo sabe, elija «${customerData.under_review}».`,
    edit: {
      heading: 'Corregir una errata',
      intro:
        'Corrija el texto de una actualización publicada. La página muestra cuándo se editó. Si hay novedades, publique una actualización.',
      update: '¿Qué actualización?',
      label: (title, status, time) => sentence`${time} · ${status} · ${title}`,
      text: 'El texto corregido',
      private:
        'Este archivo contiene notas que solo su equipo puede ver, así que corríjalo en GitHub. Pegue la línea copiada debajo de «status:», en lugar de la línea «edited:» si la hay.',
      submit: 'Copiar y abrir GitHub',
      blank: 'Escriba el texto corregido.',
      unchanged: 'El texto es el mismo que antes. Corríjalo primero.',
      copied: 'El archivo corregido está copiado. En GitHub, selecciónelo todo, pegue y pulse «Commit changes».',
      copiedLine: 'La línea está copiada. En GitHub, péguela, corrija el texto y pulse «Commit changes».',
      notCopied: 'Su navegador no permitió copiar. Copie esto y péguelo en GitHub:',
      open: 'Abrir GitHub para editar el archivo',
    },
    manual: 'Sin el formulario',
    manualText:
      'Una actualización es un archivo pequeño. Estos enlaces abren la página de GitHub para crear uno. Sustituya YYYY-MM-DDTHHMM por la hora en UTC, por ejemplo 2026-11-22T1405, y escriba su texto debajo de la segunda línea de guiones:',
    manualUpdate: (title) => sentence`Actualización: ${title}`,
    manualIncident: 'Incidente nuevo',
    manualTitle: '{{lo que notan los clientes}}',
    manualBody: '{{lo que deben saber los clientes}}',
    manualExample: 'Conocemos la causa: caducó un certificado. Lo estamos renovando.',
    manualCheck:
      'El estado es investigating, identified, monitoring o resolved. Los errores se notifican en el commit y nunca se muestran a los clientes.',
  },

  postmortemDraft: {
    summary: (title, lasted, first, last) => {
      const when = first === last ? `el ${first}` : `entre el ${first} y el ${last}`;
      return lasted === null ? `${title}, ${when}.` : `${title}, ${when}. Duración: ${lasted}.`;
    },
    customerData: {
      label: 'Datos de los clientes',
      unaffected: 'no afectados',
      under_review: 'todavía en revisión',
      affected: 'afectados',
    },
    moment: (date, clock) => `${date}, ${clock}`,
    fact: (label, value) => `**${label}:** ${value}`,
    update: (time, status) => `**${time}, ${status.toLowerCase()}:**`,
    checkIn: 'Puesta en común del equipo',
    live: (time) => `en línea: ${time}`,
    affected: (components) => components.map(([name, status]) => `${name} (${status.toLowerCase()})`).join(', '),
    duration: 'Duración',
    lasted: (lasted, range) => `${lasted}, ${range}`,
    noDuration: '¿Cuándo comenzó y cuándo terminó?',
    range: (from, to) => `${from} – ${to}`,
    lastedAndReopened: (lasted, times) =>
      `${lasted}; ${plural(times, { one: 'reabierto # vez', other: 'reabierto # veces' })}`,
    firstUpdate: 'Tiempo hasta la primera actualización para los clientes',
    noFirstUpdate: '¿Desde cuándo estaban afectados los clientes y cuánto tardamos en informarlos?',
    silence: 'Silencio más largo entre actualizaciones',
    components: 'Componentes',
    noComponents: 'ninguno indicado',
    remedy: 'Compensación',
    noRemedy: 'no se prometió ninguna',
    times: 'Horas',
    timeZone: (zone) => `en la zona horaria ${zone}`,
    lesson: 'Qué aprendimos, en una frase',
    action: 'Ensayar la vuelta atrás',
    owner: 'Dana',
    sections: {
      happened: ['Qué ocurrió', '¿Qué falló, en palabras que entiendan los clientes, y por qué falló en ese momento?'],
      affected: [
        'A quién afectó y cómo',
        '¿A cuántos clientes afectó, qué estaban haciendo y desde cuándo? ¿Qué perdieron? ¿A quién no afectó?',
      ],
      timeline: [
        'Qué hicimos y cuándo',
        '¿Qué hicimos entre estas actualizaciones, quién tomó las decisiones y qué intentamos que no ayudó?',
      ],
      noticed: [
        'Cómo nos dimos cuenta',
        '¿Quién o qué lo notó primero y cuánto tiempo después del comienzo? ¿Qué debería habernos avisado antes?',
      ],
      rollback: [
        'Qué nos permitió volver atrás, o por qué no pudimos',
        '¿Qué formas de volver atrás teníamos, cuánto tardaron y qué nos retrasó?',
      ],
      changed: ['Qué cambiamos', '¿Qué hemos cambiado ya para que esto no pueda repetirse de la misma manera?'],
      promised: [
        'Qué prometemos',
        '¿Qué se hará, quién lo hará y para cuándo? Indíquelo también en actions, arriba. ¿Qué reciben los clientes que perdieron algo?',
      ],
      learned: [
        'Qué aprendimos',
        '¿Qué creíamos que resultó ser falso? ¿Qué ayudaría a otro equipo? Indíquelo también en lessons, arriba.',
      ],
    },
  },

  templates: {
    investigating: {
      label: 'Algo va mal y lo estamos investigando',
      body: [
        'Desde aproximadamente las {{time}}, {{qué no funciona y para quién}}. {{qué sigue funcionando, o qué usar en su lugar}}',
        'Lo estamos investigando y, en primer lugar, comprobamos si los datos de los clientes están afectados.',
      ],
    },
    identified: {
      label: 'Conocemos la causa',
      body: [
        'Conocemos la causa: {{una frase en palabras sencillas}}.',
        'En marcha: {{qué estamos haciendo ahora}}. Esperamos {{qué cambia para los clientes y para cuándo}}, e informaremos aquí si eso cambia.',
      ],
    },
    'no-news': {
      label: 'Sin novedades, pero toca una actualización',
      body: [
        'Nada ha cambiado desde la última actualización. Todavía sin servicio: {{qué no funciona}}. En servicio: {{qué funciona}}.',
        'En marcha: {{qué estamos intentando ahora mismo}}.',
      ],
    },
    provider: {
      label: 'Uno de nuestros proveedores tiene una interrupción',
      body: [
        '{{qué no funciona}} porque {{el proveedor}}, que usamos para {{qué}}, tiene una interrupción: {{la dirección de su página de estado}}',
        '{{qué hacemos mientras tanto}}. {{qué pueden hacer los clientes hasta entonces}}',
      ],
    },
    'closed-to-protect-data': {
      label: 'Lo cerramos para proteger los datos de los clientes',
      body: [
        'A las {{time}} cerramos {{qué}} a propósito para mantener a salvo los datos de los clientes. {{por qué: qué sabemos y qué no sabemos todavía}}',
        '{{qué sigue funcionando}} {{qué ocurre con los pedidos ya realizados}}',
        'Nuestras prioridades, en orden: mantener a salvo los datos de los clientes, informar de lo que sabemos y, solo después, restablecer el servicio.',
      ],
    },
    'customer-data-safe': {
      label: 'Los datos de los clientes están a salvo y la reparación continúa',
      body: [
        'Los datos de los clientes están a salvo. Hemos comprobado {{qué sistemas, qué registros, desde cuándo y hasta cuándo}}, y nadie ha visto ni modificado datos ajenos ni se ha perdido ningún dato.',
        'Seguimos reparando lo siguiente: {{qué no funciona}}.',
      ],
    },
    monitoring: {
      label: 'Vuelve a funcionar y lo estamos observando',
      body: [
        'De nuevo en servicio desde las {{time}}: {{qué estaba averiado}}. {{qué se hizo}}',
        'Observaremos {{qué exactamente}} hasta {{cuándo}} antes de darlo por resuelto.',
      ],
    },
    reopened: {
      label: 'Lo cerramos demasiado pronto',
      body: [
        'Anunciamos demasiado pronto que había terminado. Desde las {{time}}, {{qué vuelve a fallar y para quién}}.',
        'Hemos reabierto el incidente y estamos averiguando {{qué es diferente esta vez}}.',
      ],
    },
    resolved: {
      label: 'Ha terminado',
      body: [
        'En servicio desde hace {{cuánto tiempo}}: {{qué estaba averiado}}. Desde {{cuándo}} hasta {{cuándo}}, esto afectó a {{cuántos clientes, pedidos o pagos}}: {{de qué manera}}.',
        '{{qué ocurre con quienes perdieron algo, o: no es necesario que haga nada}}',
        '{{qué hemos cambiado ya}} Aquí publicaremos un informe completo.',
      ],
    },
    scheduled: {
      label: 'Hay un mantenimiento programado',
      body: [
        'Trabajo previsto: {{qué se hará y por qué}}. Durante este tiempo, {{qué no funcionará y cuánto tiempo}}; {{qué sigue funcionando}}.',
        '{{qué deben hacer antes los clientes, o: no es necesario que haga nada}}',
      ],
    },
    'maintenance-longer': {
      label: 'El mantenimiento se alarga',
      body: [
        'El trabajo está llevando más tiempo del previsto porque {{por qué}}. {{qué no funciona hasta entonces}}',
        'Ahora esperamos terminar, a más tardar, {{cuándo}}.',
      ],
    },
    'maintenance-done': {
      label: 'El mantenimiento ha terminado',
      body: ['El trabajo ha terminado y todo funciona. {{qué es diferente ahora para los clientes}}'],
    },
  },

  feeds: {
    updates: {
      title: withStatus,
      description: (site) => `Cada actualización de estado de ${site}, una sola vez`,
    },
    maintenance: {
      title: (site) => `${withStatus(site)}: mantenimiento`,
      description: (site) => `Cada actualización de los mantenimientos programados de ${site}, una sola vez`,
    },
    component: {
      title: (site, component) => `${withStatus(site)}: ${component}`,
      description: (site, component) =>
        `Cada actualización de estado de ${site} relacionada con ${component}, una sola vez`,
    },
    history: {
      title: (site) => `${withStatus(site)} - Historial de incidentes`,
      description: (site) => `Cada incidente de ${site}, con todas sus actualizaciones`,
    },
    postmortems: {
      title: (site) => `Postmortems de ${site}`,
      description: (site) => `Qué ocurrió en ${site} y qué aprendimos`,
    },
    announcement: 'Anuncio',
    postmortem: 'Postmortem',
    readPostmortem: 'Leer el postmortem',
    time: (year, month, day, clock) => `${day}/${month}/${year}, ${clock} UTC`,
    shortTime: (month, day, clock) => `${day}/${month}, ${clock} UTC`,
    itemTitle: (status, name, time) => `${status}: ${name} (${time})`,
    maintenanceStatus: (status) => `Mantenimiento (${status.toLowerCase()})`,
    customerData: (verdict) => `${customerData[verdict]}.`,
    window: (from, to) => `Del ${from} al ${to}.`,
    ended: (time) => `Fin: ${time}.`,
    edited: (time) => `Editada: ${time}.`,
    inBrowser: 'Esto es un feed. Copie su dirección en su lector de feeds para recibir todas las novedades.',
  },

  calendar: {
    name: (site) => `Mantenimiento de ${site}`,
    event: (site, title) => `${site}: ${title}`,
    cancelledEvent: (site, title) => `Cancelado: ${site}: ${title}`,
  },

  text: {
    status: (status, impact) => `${status} · ${impact}`,
    began: (time) => `Inicio: ${time}`,
    resolved: (time) => `Resuelto: ${time}`,
    nextUpdate: (time) => `Próxima actualización, a más tardar: ${time}`,
    component: (name, status) => sentence`${name}: ${status}`,
    remedy: (remedy) => sentence`Cómo lo compensamos: ${remedy}`,
    maintenance: (status) => `Mantenimiento · ${status}`,
    from: (time) => `Desde: ${time}`,
    until: (time) => `Hasta: ${time}`,
    update: (status, time) => `${status}, ${time}`,
    editedUpdate: (status, time, edited) => `${status}, ${time} (editada: ${edited})`,
  },

  notice: {
    maintenanceStatus: (status) => `Mantenimiento (${status.toLowerCase()})`,
    heading: (status, title) => sentence`${status}: ${title}`,
    summary: (site, heading) => sentence`${site}: ${heading}`,
    subject: (site, heading) => sentence`[${site}] ${heading}`,
    link: withStatus,
    emailLink: (site, address) => `${withStatus(site)}: ${address}`,
  },
} satisfies Words;
