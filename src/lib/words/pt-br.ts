import { isolated } from './direction.ts';
import type { Words } from './en.ts';
import { capitalized, grammar } from './grammar.ts';

const { duration, isolatedList, joined, list, names, number, percent, plural: byRule, sentence } = grammar('pt-BR');

/** Uses the plural for 0, like Brazilian sites. By the rules of Intl, it would be the singular. */
const plural: typeof byRule = (amount, forms) =>
  amount === 0 ? forms.other.replace('#', number(0)) : byRule(amount, forms);

const days = (amount: number): string => plural(amount, { one: '# dia', other: '# dias' });
const incidents = (amount: number): string => plural(amount, { one: '# incidente', other: '# incidentes' });

/** `Status de Example`, unless the name already says so. */
const withStatus = (site: string): string =>
  /status(?:page)?\b/i.test(site) ? isolated(site) : sentence`Status de ${site}`;

const customerData = {
  unaffected: 'Os dados dos clientes não foram afetados',
  under_review: 'Estamos verificando se os dados dos clientes foram afetados',
  affected: 'Os dados dos clientes foram afetados',
};

export const ptBr = {
  componentStatus: {
    operational: 'Operacional',
    under_maintenance: 'Em manutenção',
    degraded_performance: 'Desempenho degradado',
    partial_outage: 'Interrupção parcial',
    major_outage: 'Interrupção grave',
  },
  incidentStatus: {
    investigating: 'Em investigação',
    identified: 'Identificado',
    monitoring: 'Em monitoramento',
    resolved: 'Resolvido',
  },
  maintenanceStatus: {
    scheduled: 'Agendada',
    in_progress: 'Em andamento',
    verifying: 'Em verificação',
    completed: 'Concluída',
  },
  cancelled: 'Cancelada',
  impact: {
    none: 'Sem impacto',
    minor: 'Impacto pequeno',
    major: 'Impacto grave',
    critical: 'Impacto crítico',
  },
  customerData,
  cause: {
    change: 'Uma mudança de software ou de configuração',
    data: 'Dados incorretos',
    defect: 'Um defeito já existente',
    manual_work: 'Uma intervenção manual',
    capacity: 'Capacidade insuficiente',
    hardware: 'Hardware ou rede',
    dependency: 'Um serviço de terceiros',
    security: 'Um ataque',
    unknown: 'Desconhecida',
  },
  direction: 'ltr',
  duration: (amount) => duration(amount, 'menos de um minuto'),
  percent,
  listOf: list,
  names,

  headline: {
    operational: 'Todos os sistemas operacionais',
    under_maintenance: 'Serviço em manutenção',
    degraded_performance: 'Serviço parcialmente degradado',
    partial_outage: 'Pequena interrupção do serviço',
    major_outage: 'Interrupção parcial do sistema',
    total_outage: 'Interrupção grave do serviço',
    openIncidents: (amount) => plural(amount, { one: '# incidente ativo', other: '# incidentes ativos' }),
    noIncidents: 'Nenhum incidente ativo',
  },

  frame: {
    siteName: withStatus,
    pageTitle: (page, site) => `${isolated(page)} · ${withStatus(site)}`,
    skip: 'Ir para o conteúdo',
    pages: 'Páginas',
    links: 'Links',
    support: 'Suporte',
    timeZone: (zone) => `Os horários estão no fuso horário ${zone}.`,
    yourTimeZone: 'Os horários estão no seu fuso horário ({zone}).',
    yourTime: '{time} no seu horário',
    language: 'Português (Brasil)',
    languages: 'Idioma',
    newUpdate: 'Uma nova atualização foi publicada.',
    changed: 'Esta página mudou.',
    show: 'Mostrar',
    status: 'Status',
    history: 'Histórico',
    postmortems: 'Postmortems',
    subscribe: 'Assinar',
    subscribeEmail: 'Por e-mail',
    subscribeFeed: 'Feed RSS ou Atom',
    subscribeSlack: 'No Slack',
    subscribeCalendar: 'Calendário',
    subscribeMore: 'Todas as opções',
    rss: (site) => `${withStatus(site)}: atualizações`,
    atom: (site) => `${withStatus(site)}: atualizações (Atom)`,
    jsonFeed: (site) => `${withStatus(site)}: atualizações (JSON Feed)`,
    postmortemsRss: (site) => sentence`Postmortems: ${site}`,
    maintenanceRss: (site) => sentence`Manutenção: ${site}`,
    componentRss: (component) => sentence`${component}: atualizações de status`,
    calendar: (site) => sentence`Calendário de manutenção: ${site}`,
  },

  index: {
    description: (site, headline) => sentence`${site}: ${headline}`,
    asOf: 'Atualizado: {time}',
    quietFor: (amount) => `Sem incidentes há ${days(amount)}`,
    components: 'Componentes',
    more: (amount) => `mais ${number(amount)}`,
    noComponents: (site) =>
      sentence`Nenhum componente está listado. As atualizações desta página valem para ${site} como um todo.`,
    recent: (amount) => plural(amount, { one: 'O último dia', other: 'Os últimos # dias' }),
    nothingYet: 'Nenhum incidente foi registrado ainda. Quando algo falhar, todas as atualizações aparecerão aqui.',
    noIncidents: 'Nenhum incidente.',
    history: 'Todos os incidentes por mês',
    subscribe: 'Receber atualizações',
  },

  incident: {
    description: (status, text) => sentence`${status}: ${text}`,
    resolved: '{time}, duração: {duration}',
    affectedNow: 'Componentes afetados',
    affectedAtWorst: 'Componentes afetados no pior momento',
    atWorst: 'No pior momento:',
    nextUpdate: 'Próxima atualização até {time}',
    overdue: 'A próxima atualização está atrasada. Ela estava prometida para {time}',
    postmortemDue: 'Vamos publicar um postmortem até {time}',
    postmortemLate: 'O postmortem está atrasado. Ele estava prometido para {time}',
    remedy: 'Como vamos compensar:',
    claimUntil: 'Pode ser solicitado até {time}',
    remedied: 'Entregue em {time}',
    began: 'Início: {time}',
    people: (lead, comms) => {
      if (lead === null) return sentence`Atualizações: ${comms ?? ''}`;
      return joined(sentence`Coordenação: ${lead}`, comms && sentence`atualizações: ${comms}`);
    },
    postmortem: 'Leia o que aconteceu e o que aprendemos',
    updates: 'Atualizações',
    earlier: (amount) =>
      plural(amount, { one: 'Mostrar # atualização anterior', other: 'Mostrar # atualizações anteriores' }),
    allUpdates: (amount) => plural(amount, { one: 'A atualização', other: 'Todas as # atualizações' }),
    plainText: '{link}, para colar em mensagens',
    plainTextLink: 'Este incidente em texto simples',
  },

  announcement: { times: 'De {from} a {until}' },

  maintenance: {
    description: (status, from, to) => `Manutenção (${status.toLowerCase()}): de ${from} a ${to}`,
    window: 'De {from} a {to}',
    details: 'Detalhes e atualizações',
    updates: 'Atualizações',
    plainText: '{link}, para colar em mensagens',
    plainTextLink: 'Esta manutenção em texto simples',
  },

  update: {
    reopened: 'Reaberto',
    renamed: (before) => sentence`Título anterior: “${before}”`,
    reopenedAndRenamed: (before) => sentence`Reaberto. Título anterior: “${before}”`,
    promised: 'Prometida até {time}:',
    kept: 'no prazo',
    late: (time) => `${time} de atraso`,
    ended: 'Fim: {time}',
    posted: 'Publicada: {time}',
    edited: 'Editada: {time}',
  },

  listed: {
    maintenance: 'Manutenção',
    window: 'de {from} a {to}',
    postmortem: 'Postmortem',
    ongoing: 'em andamento desde {since}',
    continued: 'continuação, início: {since}',
    reopened: 'reaberto',
    ended: '{ended}, início: {since}',
  },

  component: {
    description: (component, status, bars) => sentence`${component}: ${status}.${bars === null ? '' : ` ${bars}`}`,
    uptime: (share) => `${share} disponível`,
    uptimeSince: (uptime, day) => `${uptime} desde ${day}`,
    uptimeAndDegraded: (uptime, degraded) => `${uptime}, desempenho degradado por ${degraded}`,
    noUptime: 'Ainda não há dados de disponibilidade',
    noBars: 'Ainda não há dados de disponibilidade.',
    daysAgo: (amount) => `há ${days(amount)}`,
    today: 'Hoje',
    bars: (amount, troubled) => {
      const parts = joined(
        troubled.major > 0 ? `${days(troubled.major)} com interrupção grave` : null,
        troubled.partial > 0 ? `${days(troubled.partial)} com interrupção parcial` : null,
        troubled.degraded > 0 ? `${days(troubled.degraded)} com desempenho degradado` : null,
      );
      const none = troubled.any ? 'nenhuma interrupção' : 'nenhum incidente';
      const span = amount === 1 ? 'Hoje' : `Os últimos ${days(amount)}`;
      return `${span}: ${parts || none}.`;
    },
    affected: (time) =>
      capitalized(
        joined(
          time.major && `interrupção grave por ${time.major}`,
          time.partial && `interrupção parcial por ${time.partial}`,
          time.degraded && `desempenho degradado por ${time.degraded}`,
          time.maintenance && `em manutenção por ${time.maintenance}`,
        ),
      ),
    troubledDays: (amount) => `${days(amount)} com incidentes`,
    maintenance: 'Manutenção',
    incidents: 'Incidentes',
    noIncidents: (component) => sentence`Até agora, nenhum incidente afetou ${component}.`,
    older: (amount) =>
      plural(amount, {
        one: '# incidente mais antigo no histórico',
        other: '# incidentes mais antigos no histórico',
      }),
    follow: (component) => sentence`Acompanhar ${component}`,
    feed: 'O {link} tem um item para cada atualização sobre este componente.',
    feedLink: 'feed RSS',
  },

  history: {
    title: 'Histórico',
    description: (site) => sentence`Todos os incidentes de ${site}, por mês`,
    empty: 'Nada foi registrado ainda. Incidentes e manutenções serão listados aqui por mês.',
    years: 'Anos',
    months: 'Meses',
    allMonths: 'Todos os meses',
    earlier: (month) => `← ${month}`,
    later: (month) => `${month} →`,
    monthDescription: (site, month, summary) => sentence`Incidentes de ${site} em ${month}: ${summary}`,
    monthSummary: (amount, maintenances) =>
      joined(
        amount > 0 ? incidents(amount) : null,
        maintenances > 0
          ? plural(maintenances, { one: '# janela de manutenção', other: '# janelas de manutenção' })
          : null,
      ) || 'nenhum incidente',
  },

  postmortems: {
    title: 'Postmortems',
    description: (site) => sentence`O que aconteceu em ${site}, o que aprendemos e o que prometemos`,
    intro: 'O que aconteceu, o que aprendemos e o que prometemos.',
    sections: 'Nesta página',
    all: 'Todos os postmortems',
    none: 'Ainda não há postmortems. Depois de um incidente grave, explicamos aqui o que aconteceu para que todos possam aprender com isso.',
    nonePublished: (within) =>
      `Nenhum postmortem foi publicado ainda.${within === null ? '' : ` Prazo de publicação após o fim de um incidente: ${within}.`}`,
    lessons: 'O que aprendemos',
    actions: 'O que prometemos',
    byComponent: 'Por componente',
    noComponent: 'Nenhum componente informado',
    byCause: 'Por causa',
    noCause: 'Não informada',
    actionsInTime: (amount) => plural(amount, { one: '# cumprida no prazo', other: '# cumpridas no prazo' }),
    actionsLate: (amount) => plural(amount, { one: '# cumprida com atraso', other: '# cumpridas com atraso' }),
    actionsOpen: (amount) => plural(amount, { one: '# pendente', other: '# pendentes' }),
    actionsOverdue: (amount) => plural(amount, { one: '# atrasada', other: '# atrasadas' }),
    allDone: 'O que fizemos',
    doneSoFar: 'O que fizemos até agora',
    start: 'Por onde começar',
    search: 'Buscar em títulos e lições',
    nothingFound: 'Nenhum postmortem corresponde à busca.',
  },

  postmortem: {
    remedy: 'Como compensamos:',
    cause: 'Causa:',
    incident: 'O incidente como foi comunicado na época: {link}, {time}',
    incidentWithDuration: 'O incidente como foi comunicado na época: {link}, {time}, {duration}',
    lessons: 'O que aprendemos',
    actions: 'O que prometemos',
    updates: 'O que informamos aos clientes',
    authors: isolatedList,
    anchor: (heading) => sentence`Link para “${heading}”`,
  },

  action: {
    done: 'Cumprida',
    open: 'Pendente',
    overdue: 'Atrasada',
    due: 'prazo: {time}',
    doneOn: 'prazo: {time}, cumprida: {done}',
    doneLate: 'prazo: {time}, cumprida com atraso: {done}',
    from: 'de {link}',
  },

  responseTimes: {
    title: 'Ao longo dos anos',
    caption: 'Tempo mediano até a primeira atualização e até a resolução, e em quantos incidentes cada um se baseia',
    year: 'Ano',
    firstUpdate: 'Primeira atualização',
    resolved: 'Resolução',
    promised: 'Atualizações prometidas',
    incidents: (amount, continued) => {
      if (continued === 0) return incidents(amount);
      return amount === 0
        ? `${incidents(continued)} de anos anteriores`
        : `${incidents(amount)}, mais ${number(continued)} de anos anteriores`;
    },
    soFar: 'até agora',
    unknown: 'desconhecido',
    medianOf: (amount) => `de ${number(amount)}`,
    promises: (kept, late) => `${number(kept)}\u00a0no\u00a0prazo, ${number(late)}\u00a0com\u00a0atraso`,
    noPromises: 'nenhuma',
    plotFirstUpdate: 'Tempo até a primeira atualização, mediana de cada ano',
    plotResolved: 'Tempo até a resolução, mediana de cada ano',
    countedIncidents: (all) =>
      `Cada incidente desta página de status é contado no ano em que começou: ${number(all)} no total. A mediana é o valor central: metade levou menos tempo, e metade levou mais.`,
    countedFirstUpdate: (known, all) =>
      known === 0
        ? 'O tempo até a primeira atualização é desconhecido porque nenhum incidente informa desde quando os clientes foram afetados.'
        : `O tempo até a primeira atualização é contado desde que os clientes começaram a ser afetados, o que é conhecido em ${number(known)} de ${incidents(all)}.`,
    countedResolved: (amount) =>
      plural(amount, {
        one: 'O tempo até a resolução se baseia em # incidente resolvido de duração conhecida. O tempo entre uma resolução e uma reabertura não é contado.',
        other:
          'O tempo até a resolução se baseia em # incidentes resolvidos de duração conhecida. O tempo entre uma resolução e uma reabertura não é contado.',
      }),
    countedPromises:
      'Cada atualização informa quando esperar a próxima. A promessa é cumprida se essa atualização sair até o minuto prometido.',
    countedPromisesImported:
      'Cada atualização informa quando esperar a próxima. A promessa é cumprida se essa atualização sair até o minuto prometido. Os incidentes anteriores à nossa mudança para cá não tinham essas promessas, por isso não são contados.',
    openCircle: 'Um círculo vazio indica um ano que ainda não terminou.',
  },

  subscribe: {
    title: 'Assinar',
    description: (site) => sentence`Como receber cada atualização de ${site} uma única vez`,
    heading: 'Receber atualizações',
    intro: 'Cada atualização chega a você uma única vez, inclusive “Resolvido”.',
    email: 'Por e-mail',
    emailText:
      '{link} em nossa lista de e-mails. Cada atualização é uma mensagem, e você pode sair da lista a qualquer momento.',
    emailLink: 'Inscreva-se',
    emailMessage: 'Envie uma mensagem para {link}. Você receberá uma resposta para confirmar seu endereço.',
    feedReader: 'Em um leitor de feeds',
    rss: {
      name: 'RSS',
      text: 'Um item para cada atualização de um incidente ou manutenção, inclusive “Resolvido”, e para cada postmortem.',
    },
    atom: { name: 'Atom', text: 'As mesmas atualizações no formato Atom.' },
    jsonFeed: { name: 'JSON Feed', text: 'As mesmas atualizações em JSON.' },
    slack: 'No Slack',
    slackCommand: 'Digite isto no canal que deve receber as atualizações:',
    narrower: 'Escolher o que acompanhar',
    maintenance: { name: 'Manutenção', text: 'Um item para cada atualização sobre uma manutenção planejada.' },
    postmortems: { name: 'Postmortems', text: 'Um item para cada relato do que aconteceu e do que aprendemos.' },
    historyRss: {
      name: 'Uma entrada por incidente (RSS)',
      text: 'Cada entrada contém todas as atualizações do respectivo incidente e muda a cada atualização, como no Statuspage. É para quem já usa este endereço.',
    },
    historyAtom: { name: 'Uma entrada por incidente (Atom)', text: 'O mesmo no formato Atom.' },
    component: 'Um componente',
    componentText: 'Atualizações sobre os incidentes e manutenções que o afetam:',
    calendar: 'Em um calendário',
    calendarText:
      'Todas as janelas de manutenção. Os eventos mudam de horário quando uma janela é reagendada e são marcados quando ela é cancelada.',
    calendarAddress: '{link} ou adicionar este endereço ao seu calendário:',
    calendarLink: 'Assinar',
    developers: 'Para desenvolvedores',
    developersText: 'Uma API JSON, um selo, um aviso para o seu site e texto simples: veja {link}.',
  },

  copy: {
    copy: 'Copiar',
    copied: 'Copiado',
  },

  developers: {
    title: 'Para desenvolvedores',
    description: (site) => sentence`O status de ${site} em scripts, em arquivos README e em outros sites`,
    intro: 'Use o status atual em seus scripts e no seu próprio site.',
    api: 'API',
    apiText:
      'O status atual no formato da API do Statuspage: status geral, componentes, incidentes abertos e manutenções.',
    webhooks: 'Webhooks',
    webhooksText:
      'Não é preciso se cadastrar. Consulte o JSON Feed com o ETag da sua última requisição: sem novidades, a resposta é um 304 vazio.',
    badge: 'Selo',
    embed: 'Incidentes abertos no seu site',
    embedLink: 'Ver em uma página separada',
    frame: 'Um quadro com o status atual e os incidentes abertos:',
    banner: 'Um aviso que só aparece enquanto algo está errado:',
    text: 'Texto simples',
    textText: 'Cada incidente também está disponível em texto simples, para respostas a clientes. O mais recente:',
  },

  notFound: {
    title: 'Página não encontrada',
    description: 'Não há nenhuma página neste endereço',
    heading: 'Página não encontrada',
    text: 'Não há nenhuma página neste endereço. Ela pode ter sido movida, ou o endereço pode ter sido digitado errado.',
    status: 'Status atual',
    history: 'Todos os incidentes por mês',
  },

  badge: { site: withStatus },

  embed: {
    title: 'Status atual',
    description: (site) => sentence`O status atual de ${site}, para incorporar em outras páginas`,
    updated: '{status}, {time}',
  },

  compose: {
    title: 'Publicar uma atualização',
    description: (site) => sentence`Um formulário para publicar uma atualização de ${site}`,
    heading: 'Publicar uma atualização',
    notStarted:
      'O formulário precisa de JavaScript, que não está em execução neste navegador. Você pode publicar uma atualização sem ele: veja {link}.',
    notStartedLink: 'abaixo',
    intro: (repository) =>
      `Para a equipe. Este formulário prepara um arquivo e abre o GitHub com ele. Nada é enviado daqui: a publicação começa quando você clica em “Commit changes” no GitHub. Você precisa estar conectado ao GitHub e ter acesso de escrita a ${repository}.`,
    incident: 'Do que se trata?',
    newIncident: 'Novo incidente',
    incidentHint: (time) => `Incidentes abertos (lista de ${time}). Se faltar algum, recarregue a página em um minuto.`,
    owing: 'Resolvidos, com a compensação pendente',
    template: 'Começar com',
    noTemplate: 'Uma mensagem em branco',
    titleField: 'O que os clientes percebem?',
    titleExample: 'Erros de pagamento na Europa',
    titleHint: 'O título de um novo incidente. Em um incidente aberto, preencha apenas para mudar o título.',
    status: 'Qual é o status?',
    sameStatus: (status) => `Sem mudança: ${status}`,
    impact: 'Qual é a gravidade?',
    impactOfComponents: 'Com base nos componentes',
    sameImpactOfComponents: 'Sem mudança: com base nos componentes',
    sameAs: (value) => `Sem mudança: ${value.toLowerCase()}`,
    same: 'Sem mudança',
    components: 'O que foi afetado?',
    addComponent: 'Adicionar um componente',
    notAffected: 'Não afetado',
    customerData: 'Os dados dos clientes estão seguros?',
    noVerdict: 'Não informar ainda',
    nextUpdate: 'Quando será a próxima atualização?',
    nextUpdateDefault: 'Como de costume',
    nextUpdateHint: (zone) =>
      `Um horário no seu fuso (${zone}), como 10:30, uma duração, como 30m, ou none. Deixe em branco para o horário de costume.`,
    message: 'O que os clientes devem saber?',
    started: 'Quando começou?',
    startedHint: 'Apenas para um novo incidente que começou antes, no fuso horário deste dispositivo.',
    ended: 'Quando terminou?',
    endedHint: 'Apenas com “Resolvido”, se terminou antes. Os componentes acima ficaram afetados até esse momento.',
    more: 'Horários e compensação',
    remedy: 'Como você vai compensar?',
    remedyExample: 'Pedidos com falha não serão cobrados.',
    claim: 'Como os clientes a solicitam?',
    claimExample: 'Escreva para support@example.com informando o número do pedido.',
    claimUntil: 'Até quando pode ser solicitada?',
    remedied: 'Quando os clientes a receberam?',
    remediedHint:
      'Deixe em branco enquanto algum cliente ainda estiver esperando. Até lá, a compensação continua pendente.',
    lead: 'Quem coordena a resposta?',
    comms: 'Quem informa os clientes?',
    problems: 'Corrija estes problemas primeiro:',
    submit: 'Continuar no GitHub',
    opened:
      'O GitHub abre em uma nova aba com o arquivo preenchido. Clique em “Commit changes” lá para iniciar a publicação.',
    tooLong:
      'O texto é longo demais para um link. {button} {copied} Depois, use o link abaixo para abrir o GitHub, onde o nome do arquivo já está preenchido. Cole o texto e clique em “Commit changes”.',
    copy: 'Copiar o texto',
    copied: 'Copiado.',
    notCopied: 'Seu navegador não permitiu copiar. O texto do arquivo está selecionado abaixo: copie-o de lá.',
    openGitHub: 'Abrir o GitHub para criar o arquivo',
    preview: 'O que os clientes verão',
    noPreview:
      'A prévia aparece quando o formulário está completo. Clique em “Continuar no GitHub” para ver o que falta.',
    previewNextUpdate: (time) => `Próxima atualização até ${time}`,
    file: 'O arquivo',
    fileTime: (time) =>
      `O nome do arquivo contém o horário atual: ${time}. Ele é atualizado quando você clica no botão.`,
    credential:
      'Algo aqui parece o começo de uma chave, um token ou uma senha. Se for, remova: seria recusado, e o git guarda tudo o que é enviado.',
    titleMissing: 'Escreva o que os clientes percebem, como “Erros de pagamento na Europa”.',
    messageMissing: 'Escreva o que os clientes devem saber.',
    nextUpdateWrong: (typed) =>
      `“${typed}” não é um horário nem uma duração. Use um horário, como 10:30, uma duração, como 30m, ou none.`,
    nextUpdateOver:
      'Depois de “Resolvido”, não há próxima atualização. Deixe este campo em branco ou escolha outro status.',
    yearWrong: 'O ano deve estar entre 2000 e 2099.',
    impactMissing: 'Escolha a gravidade ou adicione os componentes afetados.',
    remediedLater: 'Esta data está no futuro. Deixe em branco até que os clientes tenham recebido a compensação.',
    problem: (message) => `Este campo: ${message}`,
    clock: (device, known) =>
      `O relógio deste dispositivo marca ${device}, mas esta página já contém dados mais recentes (${known}). Acerte o relógio e recarregue a página.`,
    alreadyOpen: (title) =>
      sentence`“${title}” já está aberto. Para atualizá-lo, selecione-o aqui. Se for outro incidente, mude o título.`,
    underReview: `O incidente informa que os dados dos clientes estão em verificação, e isso continuaria assim. Escolha o resultado da verificação ou “${customerData.under_review}”.`,
    verdictMissing: `Antes de marcar como resolvido um incidente de impacto grave ou crítico, informe se os dados dos clientes estão seguros. Se ainda não souber, escolha “${customerData.under_review}”.`,
    edit: {
      heading: 'Corrigir um erro de digitação',
      intro:
        'Corrija o texto de uma atualização publicada. A página mostra quando a atualização foi editada. Para novidades, publique uma atualização.',
      update: 'Qual atualização?',
      label: (title, status, time) => sentence`${time} · ${status} · ${title}`,
      text: 'O texto corrigido',
      private:
        'Este arquivo tem notas que só a sua equipe pode ver, então corrija-o no GitHub. Cole a linha copiada abaixo de “status:”, no lugar da linha “edited:”, se houver uma.',
      submit: 'Copiar e abrir o GitHub',
      blank: 'Escreva o texto corrigido.',
      unchanged: 'O texto é igual ao anterior. Corrija-o primeiro.',
      copied: 'O arquivo corrigido foi copiado. No GitHub, selecione tudo, cole e clique em “Commit changes”.',
      copiedLine: 'A linha foi copiada. No GitHub, cole-a, corrija o texto e clique em “Commit changes”.',
      notCopied: 'Seu navegador não permitiu copiar. Copie isto e cole no GitHub:',
      open: 'Abrir o GitHub para editar o arquivo',
    },
    manual: 'Sem o formulário',
    manualText:
      'Uma atualização é um arquivo pequeno. Estes links abrem a página do GitHub para criar um. Substitua YYYY-MM-DDTHHMM pelo horário em UTC, como 2026-11-22T1405, e escreva seu texto abaixo da segunda linha de hifens:',
    manualUpdate: (title) => sentence`Atualização: ${title}`,
    manualIncident: 'Novo incidente',
    manualTitle: '{{o que os clientes percebem}}',
    manualBody: '{{o que os clientes devem saber}}',
    manualExample: 'Sabemos a causa: um certificado expirou. Estamos renovando-o.',
    manualCheck:
      'O status é investigating, identified, monitoring ou resolved. Os erros são informados no commit e nunca são mostrados aos clientes.',
  },

  postmortemDraft: {
    summary: (title, lasted, first, last) => {
      const when = first === last ? `em ${first}` : `entre ${first} e ${last}`;
      return lasted === null ? `${title}, ${when}.` : `${title}, ${when}. Duração: ${lasted}.`;
    },
    customerData: {
      label: 'Dados dos clientes',
      unaffected: 'não afetados',
      under_review: 'ainda em verificação',
      affected: 'afetados',
    },
    moment: (date, clock) => `${date}, ${clock}`,
    fact: (label, value) => `**${label}:** ${value}`,
    update: (time, status) => `**${time}, ${status.toLowerCase()}:**`,
    checkIn: 'Alinhamento da equipe',
    live: (time) => `no ar: ${time}`,
    affected: (components) => components.map(([name, status]) => `${name} (${status.toLowerCase()})`).join(', '),
    duration: 'Duração',
    lasted: (lasted, range) => `${lasted}, ${range}`,
    noDuration: 'Quando começou e quando terminou?',
    range: (from, to) => `de ${from} a ${to}`,
    lastedAndReopened: (lasted, times) =>
      `${lasted}; ${plural(times, { one: 'reaberto # vez', other: 'reaberto # vezes' })}`,
    firstUpdate: 'Tempo até a primeira atualização para os clientes',
    noFirstUpdate: 'Desde quando os clientes estavam sendo afetados, e quanto tempo levamos para informá-los?',
    silence: 'Maior silêncio entre atualizações',
    components: 'Componentes',
    noComponents: 'nenhum informado',
    remedy: 'Compensação',
    noRemedy: 'nenhuma foi prometida',
    times: 'Horários',
    timeZone: (zone) => `no fuso horário ${zone}`,
    lesson: 'O que aprendemos, em uma frase',
    action: 'Ensaiar a reversão',
    owner: 'Dana',
    sections: {
      happened: [
        'O que aconteceu',
        'O que falhou, em palavras que os clientes entendam, e por que falhou naquele momento?',
      ],
      affected: [
        'Quem foi afetado, e como',
        'Quantos clientes foram afetados, o que estavam fazendo e desde quando? O que perderam? Quem não foi afetado?',
      ],
      timeline: [
        'O que fizemos, e quando',
        'O que fizemos entre essas atualizações, quem tomou as decisões e o que tentamos que não ajudou?',
      ],
      noticed: [
        'Como percebemos',
        'Quem ou o que percebeu primeiro, e quanto tempo depois do início? O que deveria ter nos alertado antes?',
      ],
      rollback: [
        'O que nos permitiu voltar atrás, ou por que não conseguimos',
        'Que caminhos de volta tínhamos, quanto tempo levaram e o que nos atrasou?',
      ],
      changed: ['O que mudamos', 'O que já mudamos para que isso não possa acontecer de novo da mesma forma?'],
      promised: [
        'Nossos compromissos',
        'O que será feito, por quem e até quando? Liste também em actions, acima. O que recebem os clientes que perderam algo?',
      ],
      learned: [
        'O que aprendemos',
        'O que achávamos certo e se mostrou errado? O que ajudaria outra equipe? Liste também em lessons, acima.',
      ],
    },
  },

  templates: {
    investigating: {
      label: 'Algo está errado, e estamos investigando',
      body: [
        'Desde aproximadamente as {{time}}, {{o que não funciona, e para quem}}. {{o que ainda funciona, ou o que usar no lugar}}',
        'Estamos investigando e, em primeiro lugar, verificando se os dados dos clientes foram afetados.',
      ],
    },
    identified: {
      label: 'Sabemos a causa',
      body: [
        'Sabemos a causa: {{uma frase em palavras simples}}.',
        'Em andamento: {{o que estamos fazendo agora}}. Esperamos {{o que muda para os clientes, e até quando}}, e avisaremos aqui se isso mudar.',
      ],
    },
    'no-news': {
      label: 'Sem novidades, mas está na hora de uma atualização',
      body: [
        'Nada mudou desde a última atualização. Ainda sem funcionar: {{o que não funciona}}. Funcionando: {{o que funciona}}.',
        'Em andamento: {{o que estamos tentando agora}}.',
      ],
    },
    provider: {
      label: 'Um de nossos fornecedores está com uma interrupção',
      body: [
        '{{o que não funciona}} porque {{o fornecedor}}, que usamos para {{o quê}}, está com uma interrupção: {{o endereço da página de status dele}}',
        '{{o que fazemos enquanto isso}}. {{o que os clientes podem fazer até lá}}',
      ],
    },
    'closed-to-protect-data': {
      label: 'Desativamos o serviço para proteger os dados dos clientes',
      body: [
        'Às {{time}}, desativamos {{o quê}} de propósito para manter seguros os dados dos clientes. {{por quê: o que sabemos e o que ainda não sabemos}}',
        '{{o que continua funcionando}} {{o que acontece com os pedidos já feitos}}',
        'Nossas prioridades, em ordem: manter seguros os dados dos clientes, informar o que sabemos e só então restabelecer o serviço.',
      ],
    },
    'customer-data-safe': {
      label: 'Os dados dos clientes estão seguros, e o reparo continua',
      body: [
        'Os dados dos clientes estão seguros. Verificamos {{quais sistemas, quais registros, de quando até quando}}, e ninguém viu nem alterou dados de outras pessoas, e nenhum dado foi perdido.',
        'Ainda estamos reparando o seguinte: {{o que não funciona}}.',
      ],
    },
    monitoring: {
      label: 'Voltou a funcionar, e estamos monitorando',
      body: [
        'Funcionando de novo desde as {{time}}: {{o que estava com falha}}. {{o que foi feito}}',
        'Vamos monitorar {{o que exatamente}} até {{quando}} antes de considerar o problema resolvido.',
      ],
    },
    reopened: {
      label: 'Encerramos cedo demais',
      body: [
        'Anunciamos cedo demais que havia terminado. Desde as {{time}}, {{o que voltou a falhar, e para quem}}.',
        'Reabrimos o incidente e estamos descobrindo {{o que é diferente desta vez}}.',
      ],
    },
    resolved: {
      label: 'Terminou',
      body: [
        'Funcionando há {{quanto tempo}}: {{o que estava com falha}}. De {{quando}} a {{quando}}, isso afetou {{quantos clientes, pedidos ou pagamentos}}: {{de que forma}}.',
        '{{o que acontece com quem perdeu algo, ou: você não precisa fazer nada}}',
        '{{o que já mudamos}} Um relato completo será publicado aqui.',
      ],
    },
    scheduled: {
      label: 'Há uma manutenção agendada',
      body: [
        'Trabalho previsto: {{o que será feito, e por quê}}. Durante esse período, {{o que não vai funcionar, e por quanto tempo}}; {{o que continua funcionando}}.',
        '{{o que os clientes devem fazer antes, ou: você não precisa fazer nada}}',
      ],
    },
    'maintenance-longer': {
      label: 'A manutenção está demorando mais',
      body: [
        'O trabalho está demorando mais do que o planejado porque {{por quê}}. {{o que não funciona até lá}}',
        'Agora esperamos terminar até {{quando}}.',
      ],
    },
    'maintenance-done': {
      label: 'A manutenção terminou',
      body: ['O trabalho terminou, e tudo está funcionando. {{o que mudou para os clientes}}'],
    },
  },

  feeds: {
    updates: {
      title: withStatus,
      description: (site) => `Cada atualização de status de ${site}, uma única vez`,
    },
    maintenance: {
      title: (site) => `${withStatus(site)}: manutenção`,
      description: (site) => `Cada atualização de manutenções planejadas de ${site}, uma única vez`,
    },
    component: {
      title: (site, component) => `${withStatus(site)}: ${component}`,
      description: (site, component) =>
        `Cada atualização de status de ${site} relacionada a ${component}, uma única vez`,
    },
    history: {
      title: (site) => `${withStatus(site)} - Histórico de incidentes`,
      description: (site) => `Cada incidente de ${site}, com todas as suas atualizações`,
    },
    postmortems: {
      title: (site) => `Postmortems: ${site}`,
      description: (site) => `O que aconteceu em ${site} e o que aprendemos`,
    },
    announcement: 'Comunicado',
    postmortem: 'Postmortem',
    readPostmortem: 'Ler o postmortem',
    time: (year, month, day, clock) => `${day}/${String(month).padStart(2, '0')}/${year}, ${clock} UTC`,
    shortTime: (month, day, clock) => `${day}/${String(month).padStart(2, '0')}, ${clock} UTC`,
    itemTitle: (status, name, time) => `${status}: ${name} (${time})`,
    maintenanceStatus: (status) => `Manutenção (${status.toLowerCase()})`,
    customerData: (verdict) => `${customerData[verdict]}.`,
    window: (from, to) => `De ${from} a ${to}.`,
    ended: (time) => `Fim: ${time}.`,
    edited: (time) => `Editada: ${time}.`,
    inBrowser: 'Isto é um feed. Copie o endereço dele no seu leitor de feeds para receber todas as novidades.',
  },

  calendar: {
    name: (site) => `Manutenção: ${site}`,
    event: (site, title) => `${site}: ${title}`,
    cancelledEvent: (site, title) => `Cancelada: ${site}: ${title}`,
  },

  text: {
    status: (status, impact) => `${status} · ${impact}`,
    began: (time) => `Início: ${time}`,
    resolved: (time) => `Resolvido: ${time}`,
    nextUpdate: (time) => `Próxima atualização até: ${time}`,
    component: (name, status) => sentence`${name}: ${status}`,
    remedy: (remedy) => sentence`Como vamos compensar: ${remedy}`,
    maintenance: (status) => `Manutenção · ${status}`,
    from: (time) => `Início: ${time}`,
    until: (time) => `Fim: ${time}`,
    update: (status, time) => `${status}, ${time}`,
    editedUpdate: (status, time, edited) => `${status}, ${time} (editada: ${edited})`,
  },

  notice: {
    maintenanceStatus: (status) => `Manutenção (${status.toLowerCase()})`,
    heading: (status, title) => sentence`${status}: ${title}`,
    summary: (site, heading) => sentence`${site}: ${heading}`,
    subject: (site, heading) => sentence`[${site}] ${heading}`,
    link: withStatus,
    emailLink: (site, address) => `${withStatus(site)}: ${address}`,
  },
} satisfies Words;
