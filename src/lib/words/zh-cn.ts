import { isolated } from './direction.ts';
import type { Words } from './en.ts';
import { grammar } from './grammar.ts';

const { duration, joined, list, names, number, percent, sentence } = grammar('zh-CN', {
  comma: '，',
  namesComma: '、',
});

/** Adds spaces around numbers, as in `2 天 1 小时`: all other texts have them, but Intl's output doesn't. */
const spaced = (text: string): string => text.replaceAll(/(?<=\d)(?=\p{sc=Han})|(?<=\p{sc=Han})(?=\d)/gu, ' ');

/** `Example 状态`, unless the name already says so. */
const withStatus = (site: string): string =>
  /状态|status(?:page)?\b/i.test(site) ? isolated(site) : sentence`${site} 状态`;

const customerData = {
  unaffected: '客户数据未受影响',
  under_review: '我们正在核实客户数据是否受到影响',
  affected: '客户数据受到影响',
};

export const zhCn = {
  componentStatus: {
    operational: '运行正常',
    under_maintenance: '维护中',
    degraded_performance: '性能下降',
    partial_outage: '部分中断',
    major_outage: '严重中断',
  },
  incidentStatus: {
    investigating: '正在调查',
    identified: '已确认原因',
    monitoring: '正在监控',
    resolved: '已解决',
  },
  maintenanceStatus: {
    scheduled: '已计划',
    in_progress: '进行中',
    verifying: '验证中',
    completed: '已完成',
  },
  cancelled: '已取消',
  impact: {
    none: '无影响',
    minor: '轻微影响',
    major: '重大影响',
    critical: '特别重大影响',
  },
  customerData,
  cause: {
    change: '软件或配置变更',
    data: '错误的数据',
    defect: '原有缺陷',
    manual_work: '人工操作',
    capacity: '容量不足',
    hardware: '硬件或网络',
    dependency: '第三方服务',
    security: '攻击',
    unknown: '未知',
  },
  direction: 'ltr',
  duration: (amount) => spaced(duration(amount, '不到1分钟')),
  percent,
  listOf: list,
  names,

  headline: {
    operational: '所有系统运行正常',
    under_maintenance: '服务维护中',
    degraded_performance: '部分服务性能下降',
    partial_outage: '轻微服务中断',
    major_outage: '部分系统中断',
    total_outage: '严重服务中断',
    openIncidents: (amount) => `${number(amount)} 个正在处理的事件`,
    noIncidents: '没有正在处理的事件',
  },

  frame: {
    siteName: withStatus,
    pageTitle: (page, site) => `${isolated(page)} · ${withStatus(site)}`,
    skip: '跳到正文',
    pages: '页面',
    links: '链接',
    support: '支持',
    timeZone: (zone) => `时间均为 ${zone} 时区。`,
    yourTimeZone: '时间均为您所在的时区 （{zone}）。',
    yourTime: '{time}（您的时间）',
    language: '简体中文',
    languages: '语言',
    newUpdate: '有新的更新。',
    changed: '此页面已有变化。',
    show: '显示',
    status: '状态',
    history: '历史记录',
    postmortems: '事后分析',
    subscribe: '订阅',
    subscribeEmail: '电子邮件',
    subscribeFeed: 'RSS 或 Atom 订阅源',
    subscribeSlack: 'Slack',
    subscribeCalendar: '日历',
    subscribeMore: '所有方式',
    rss: (site) => `${withStatus(site)}：更新`,
    atom: (site) => `${withStatus(site)}：更新 (Atom)`,
    jsonFeed: (site) => `${withStatus(site)}：更新 (JSON Feed)`,
    postmortemsRss: (site) => sentence`${site}：事后分析`,
    maintenanceRss: (site) => sentence`${site}：维护`,
    componentRss: (component) => sentence`${component}：状态更新`,
    calendar: (site) => sentence`${site}：维护日历`,
  },

  index: {
    description: (site, headline) => sentence`${site}：${headline}`,
    asOf: '截至 {time}',
    quietFor: (amount) => `已连续 ${number(amount)} 天无事件`,
    components: '组件',
    more: (amount) => `另有 ${number(amount)} 个`,
    noComponents: (site) => sentence`未列出任何组件。本页的更新适用于整个 ${site}。`,
    recent: (amount) => `最近 ${number(amount)} 天`,
    nothingYet: '尚未记录任何事件。出现故障时，所有更新都会显示在这里。',
    noIncidents: '无事件。',
    history: '按月查看所有事件',
    subscribe: '获取更新',
  },

  incident: {
    description: (status, text) => sentence`${status}：${text}`,
    resolved: '{time}，持续 {duration}',
    affectedNow: '受影响的组件',
    affectedAtWorst: '受影响的组件（最严重时）',
    atWorst: '最严重时：',
    nextUpdate: '下次更新不晚于 {time}',
    overdue: '下次更新已逾期。原定不晚于 {time}',
    postmortemDue: '我们将不晚于 {time} 发布事后分析',
    postmortemLate: '事后分析已逾期。原定不晚于 {time}',
    remedy: '我们的补救措施：',
    claimUntil: '申请截止日期：{time}',
    remedied: '已于 {time} 兑现',
    began: '开始于 {time}',
    people: (lead, comms) => {
      if (lead === null) return sentence`更新发布：${comms ?? ''}`;
      return joined(sentence`负责人：${lead}`, comms && sentence`更新发布：${comms}`);
    },
    postmortem: '阅读事件经过和我们的经验教训',
    updates: '更新',
    earlier: (amount) => `显示更早的 ${number(amount)} 条更新`,
    allUpdates: (amount) => `全部 ${number(amount)} 条更新`,
    plainText: '{link}，可粘贴到消息中',
    plainTextLink: '此事件的纯文本',
  },

  announcement: { times: '{from} 至 {until}' },

  maintenance: {
    description: (status, from, to) => `维护（${status}）：${from} 至 ${to}`,
    window: '{from} 至 {to}',
    details: '详情和更新',
    updates: '更新',
    plainText: '{link}，可粘贴到消息中',
    plainTextLink: '此维护的纯文本',
  },

  update: {
    reopened: '已重新打开',
    renamed: (before) => sentence`已更名，原标题：“${before}”`,
    reopenedAndRenamed: (before) => sentence`已重新打开并更名，原标题：“${before}”`,
    promised: '承诺不晚于 {time}：',
    kept: '准时',
    late: (time) => `延迟 ${time}`,
    ended: '结束于 {time}',
    posted: '发布于 {time}',
    edited: '编辑于 {time}',
  },

  listed: {
    maintenance: '维护',
    window: '{from} 至 {to}',
    postmortem: '事后分析',
    ongoing: '自 {since} 起持续至今',
    continued: '自 {since} 延续',
    reopened: '已重新打开',
    ended: '{ended} 结束，开始于 {since}',
  },

  component: {
    description: (component, status, bars) => sentence`${component}：${status}。${bars ?? ''}`,
    uptime: (share) => `可用率 ${share}`,
    uptimeSince: (uptime, day) => `自${day}起${uptime}`,
    uptimeAndDegraded: (uptime, degraded) => `${uptime}，性能下降 ${degraded}`,
    noUptime: '暂无可用率数据',
    noBars: '暂无可用率数据。',
    daysAgo: (amount) => `${number(amount)} 天前`,
    today: '今天',
    bars: (amount, troubled) => {
      const parts = joined(
        troubled.major > 0 ? `${number(troubled.major)} 天出现严重中断` : null,
        troubled.partial > 0 ? `${number(troubled.partial)} 天出现部分中断` : null,
        troubled.degraded > 0 ? `${number(troubled.degraded)} 天性能下降` : null,
      );
      const none = troubled.any ? '无中断' : '无事件';
      const span = amount === 1 ? '今天' : `最近 ${number(amount)} 天`;
      return `${span}：${parts || none}。`;
    },
    affected: (time) =>
      joined(
        time.major && `严重中断 ${time.major}`,
        time.partial && `部分中断 ${time.partial}`,
        time.degraded && `性能下降 ${time.degraded}`,
        time.maintenance && `维护 ${time.maintenance}`,
      ),
    troubledDays: (amount) => `${number(amount)} 天有事件`,
    maintenance: '维护',
    incidents: '事件',
    noIncidents: (component) => sentence`目前尚无事件影响过 ${component}。`,
    older: (amount) => `历史记录中还有 ${number(amount)} 个更早的事件`,
    follow: (component) => sentence`关注 ${component}`,
    feed: '{link}为此组件的每条更新提供一个条目。',
    feedLink: 'RSS 订阅源',
  },

  history: {
    title: '历史记录',
    description: (site) => sentence`${site} 的所有事件，按月排列`,
    empty: '尚无任何记录。事件和维护将按月列在这里。',
    years: '年份',
    months: '月份',
    allMonths: '所有月份',
    earlier: (month) => `← ${month}`,
    later: (month) => `${month} →`,
    monthDescription: (site, month, summary) => sentence`${site} ${month}的记录：${summary}`,
    monthSummary: (amount, maintenances) =>
      joined(
        amount > 0 ? `${number(amount)} 个事件` : null,
        maintenances > 0 ? `${number(maintenances)} 次维护` : null,
      ) || '无事件',
  },

  postmortems: {
    title: '事后分析',
    description: (site) => sentence`${site} 发生了什么、我们学到了什么、我们承诺了什么`,
    intro: '发生了什么、我们学到了什么、我们承诺了什么。',
    sections: '本页内容',
    all: '所有事后分析',
    none: '目前还没有事后分析。重大事件之后，我们会在这里说明经过，供所有人借鉴。',
    nonePublished: (within) => `尚未发布任何事后分析。${within === null ? '' : `事件结束后 ${within}内发布。`}`,
    lessons: '经验教训',
    actions: '我们的承诺',
    byComponent: '按组件',
    noComponent: '未指定组件',
    byCause: '按原因',
    noCause: '未指定',
    actionsInTime: (amount) => `${number(amount)} 项按时完成`,
    actionsLate: (amount) => `${number(amount)} 项延迟完成`,
    actionsOpen: (amount) => `${number(amount)} 项待完成`,
    actionsOverdue: (amount) => `${number(amount)} 项已逾期`,
    allDone: '我们做了什么',
    doneSoFar: '我们目前已完成的工作',
    start: '从这里开始',
    search: '搜索标题和经验教训',
    nothingFound: '没有匹配的事后分析。',
  },

  postmortem: {
    remedy: '我们的补救措施：',
    cause: '原因：',
    incident: '事件（当时的报告）：{link}，{time}',
    incidentWithDuration: '事件（当时的报告）：{link}，{time}，{duration}',
    lessons: '经验教训',
    actions: '我们的承诺',
    updates: '我们告知客户的内容',
    authors: names,
    anchor: (heading) => sentence`指向“${heading}”的链接`,
  },

  action: {
    done: '已完成',
    open: '待完成',
    overdue: '已逾期',
    due: '截止于 {time}',
    doneOn: '截止于 {time}，完成于 {done}',
    doneLate: '截止于 {time}，延迟至 {done} 完成',
    from: '来自 {link}',
  },

  responseTimes: {
    title: '历年情况',
    caption: '首次更新用时和解决用时的中位数，以及各自依据的事件数',
    year: '年份',
    firstUpdate: '首次更新',
    resolved: '解决',
    promised: '承诺的更新',
    incidents: (amount, continued) => {
      if (continued === 0) return `${number(amount)} 个事件`;
      return amount === 0
        ? `${number(continued)} 个往年延续的事件`
        : `${number(amount)} 个事件，另有 ${number(continued)} 个往年延续的事件`;
    },
    soFar: '截至目前',
    unknown: '未知',
    medianOf: (amount) => `共 ${number(amount)} 个`,
    promises: (kept, late) => `${number(kept)}\u00a0次准时，${number(late)}\u00a0次延迟`,
    noPromises: '无',
    plotFirstUpdate: '首次更新用时，各年中位数',
    plotResolved: '解决用时，各年中位数',
    countedIncidents: (all) =>
      `本状态页的每个事件都计入其开始的年份：共 ${number(all)} 个。中位数是中间的值：一半用时更短，一半用时更长。`,
    countedFirstUpdate: (known, all) =>
      known === 0
        ? '首次更新用时未知，因为没有事件说明客户从何时开始受到影响。'
        : `首次更新用时从客户开始受到影响时算起；${number(all)} 个事件中有 ${number(known)} 个已知这一时间。`,
    countedResolved: (amount) =>
      `解决用时依据 ${number(amount)} 个已知持续时间的已解决事件。从解决到重新打开之间的时间不计入。`,
    countedPromises: '每条更新都会说明下次更新的时间。如果下次更新在承诺的那一分钟之内或之前发布，即为准时。',
    countedPromisesImported:
      '每条更新都会说明下次更新的时间。如果下次更新在承诺的那一分钟之内或之前发布，即为准时。迁移到此页面之前的事件没有这样的承诺，因此不计入。',
    openCircle: '空心圆表示尚未结束的年份。',
  },

  subscribe: {
    title: '订阅',
    description: (site) => sentence`如何不重复、不遗漏地收到 ${site} 的每条更新`,
    heading: '获取更新',
    intro: '每条更新只会发送给您一次，包括“已解决”。',
    email: '通过电子邮件',
    emailText: '{link}我们的邮件列表。每条更新一封邮件，您可以随时退订。',
    emailLink: '加入',
    emailMessage: '发送邮件至 {link}。您会收到一封用于确认地址的回复。',
    feedReader: '在订阅阅读器中',
    rss: {
      name: 'RSS',
      text: '事件或维护的每条更新（包括“已解决”）以及每篇事后分析各一个条目。',
    },
    atom: { name: 'Atom', text: '相同的更新，Atom 格式。' },
    jsonFeed: { name: 'JSON Feed', text: '相同的更新，JSON 格式。' },
    slack: '在 Slack 中',
    slackCommand: '在要接收更新的频道中输入：',
    narrower: '选择要关注的内容',
    maintenance: { name: '维护', text: '计划维护的每条更新各一个条目。' },
    postmortems: { name: '事后分析', text: '每篇关于事件经过和经验教训的说明各一个条目。' },
    historyRss: {
      name: '每个事件一个条目 (RSS)',
      text: '每个条目包含该事件的所有更新，并随每次更新而变化，与 Statuspage 相同。供已在使用此地址的读者使用。',
    },
    historyAtom: { name: '每个事件一个条目 (Atom)', text: '相同内容，Atom 格式。' },
    component: '单个组件',
    componentText: '关于影响该组件的事件和维护的更新：',
    calendar: '在日历中',
    calendarText: '所有维护窗口。窗口改期时，日程会随之移动；取消时会予以标注。',
    calendarAddress: '{link}，或将此地址添加到您的日历：',
    calendarLink: '订阅',
    developers: '面向开发者',
    developersText: 'JSON API、徽章、可用于您网站的横幅以及纯文本：请参阅{link}。',
  },

  copy: {
    copy: '复制',
    copied: '已复制',
  },

  developers: {
    title: '面向开发者',
    description: (site) => sentence`在脚本、README 文件和其他网站中使用 ${site} 的状态`,
    intro: '在您的脚本和网站中使用当前状态。',
    api: 'API',
    apiText: 'Statuspage API 格式的当前状态：总体状态、组件、正在处理的事件和维护。',
    webhooks: 'Webhooks',
    webhooksText: '无需注册。使用上次请求的 ETag 轮询 JSON Feed：没有新消息时，响应是空的 304。',
    badge: '徽章',
    embed: '在您的网站上显示正在处理的事件',
    embedLink: '在单独的页面中查看',
    frame: '显示当前状态和正在处理的事件的框架：',
    banner: '仅在出现问题时显示的横幅：',
    text: '纯文本',
    textText: '每个事件也提供纯文本版本，可用于回复客户。最新的：',
  },

  notFound: {
    title: '未找到页面',
    description: '此地址没有页面',
    heading: '未找到页面',
    text: '此地址没有页面。页面可能已移动，或者地址输入有误。',
    status: '当前状态',
    history: '按月查看所有事件',
  },

  badge: { site: withStatus },

  embed: {
    title: '当前状态',
    description: (site) => sentence`${site} 的当前状态，用于嵌入其他页面`,
    updated: '{status}，{time}',
  },

  compose: {
    title: '发布更新',
    description: (site) => sentence`用于发布 ${site} 更新的表单`,
    heading: '发布更新',
    notStarted: '此表单需要 JavaScript，但它未在此浏览器中运行。您也可以不使用表单发布更新：请参阅{link}。',
    notStartedLink: '下文',
    intro: (repository) =>
      `供团队使用。此表单会准备一个文件，并在 GitHub 中打开它。这里不会发送任何内容：您在 GitHub 上点击“Commit changes”后才开始发布。您需要登录 GitHub，并拥有 ${repository} 的写入权限。`,
    incident: '关于什么？',
    newIncident: '新事件',
    incidentHint: (time) => `截至 ${time} 正在处理的事件。如有缺失，请在一分钟后重新加载页面。`,
    owing: '已解决，补救措施尚未兑现',
    template: '从模板开始',
    noTemplate: '空白消息',
    titleField: '客户会注意到什么？',
    titleExample: '欧洲地区结账出错',
    titleHint: '新事件的标题。对于正在处理的事件，仅在更名时填写。',
    status: '状态是什么？',
    sameStatus: (status) => `不变：${status}`,
    impact: '有多严重？',
    impactOfComponents: '根据组件判断',
    sameImpactOfComponents: '不变：根据组件判断',
    sameAs: (value) => `不变：${value}`,
    same: '不变',
    components: '哪些组件受到影响？',
    addComponent: '添加组件',
    notAffected: '未受影响',
    customerData: '客户数据是否安全？',
    noVerdict: '暂不说明',
    nextUpdate: '下次更新是什么时候？',
    nextUpdateDefault: '照常',
    nextUpdateHint: (zone) =>
      `您所在时区（${zone}）的时间，例如 10:30；时长，例如 30m；或 none。留空则采用平常的时间。`,
    message: '客户应该知道什么？',
    started: '何时开始？',
    startedHint: '仅用于此前已开始的新事件，采用此设备的时区。',
    ended: '何时结束？',
    endedHint: '仅用于“已解决”且此前已结束的情况。上面的组件在那之前一直受到影响。',
    more: '时间和补救',
    remedy: '您将如何补救？',
    remedyExample: '失败的订单不会收费。',
    claim: '客户如何申请？',
    claimExample: '请将订单号发送至 support@example.com。',
    claimUntil: '申请截止到哪一天？',
    remedied: '客户何时得到补救？',
    remediedHint: '只要还有客户未得到补救，就留空。在此之前，补救措施一直视为未兑现。',
    lead: '谁负责响应？',
    comms: '谁负责向客户发布更新？',
    problems: '请先解决以下问题：',
    submit: '在 GitHub 上继续',
    opened: 'GitHub 会在新标签页中打开，文件内容已填好。在那里点击“Commit changes”即可开始发布。',
    tooLong:
      '文本太长，无法放入链接。{button} {copied} 然后使用下面的链接打开 GitHub，文件名已填好。粘贴文本并点击“Commit changes”。',
    copy: '复制文本',
    copied: '已复制。',
    notCopied: '您的浏览器不允许复制。下面已选中文件的文本：请从那里复制。',
    openGitHub: '打开 GitHub 创建文件',
    preview: '客户将看到的内容',
    noPreview: '表单填写完整后会显示预览。点击“在 GitHub 上继续”可查看缺少的内容。',
    previewNextUpdate: (time) => `下次更新不晚于 ${time}`,
    file: '文件',
    fileTime: (time) => `文件名包含当前时间：${time}。点击按钮时会更新。`,
    credential:
      '这里有内容看起来像密钥、令牌或密码的开头。如果确实是，请删除：它会被拒绝，而且 git 会保留推送的所有内容。',
    titleMissing: '请写明客户注意到的情况，例如“欧洲地区结账出错”。',
    messageMissing: '请写明客户应该知道的内容。',
    nextUpdateWrong: (typed) => `“${typed}”既不是时间，也不是时长。请输入时间（例如 10:30）、时长（例如 30m）或 none。`,
    nextUpdateOver: '“已解决”之后没有下次更新。请留空，或选择其他状态。',
    yearWrong: '年份必须在 2000 到 2099 之间。',
    impactMissing: '请选择影响程度，或添加受影响的组件。',
    remediedLater: '这个日期在未来。请留空，直到客户得到补救。',
    problem: (message) => `此字段：${message}`,
    clock: (device, known) => `此设备的时钟显示 ${device}，但此页面已有 ${known} 的信息。请校准时钟并重新加载页面。`,
    alreadyOpen: (title) => sentence`“${title}”已在处理中。要更新它，请在这里选择。如果这是另一个事件，请更改标题。`,
    underReview: `该事件显示正在核实客户数据，并会继续这样显示。请选择核实的结果，或选择“${customerData.under_review}”。`,
    verdictMissing: `将“重大影响”或“特别重大影响”的事件标记为已解决之前，请说明客户数据是否安全。如果尚不清楚，请选择“${customerData.under_review}”。`,
    edit: {
      heading: '更正错字',
      intro: '更正已发布更新的文本。页面会显示编辑时间。如有新消息，请改为发布更新。',
      update: '哪条更新？',
      label: (title, status, time) => sentence`${time} · ${status} · ${title}`,
      text: '更正后的文本',
      private:
        '此文件含有只有您的团队能看到的备注，请在 GitHub 上更正。将复制的行粘贴到“status:”下方；如果已有“edited:”行，请替换它。',
      submit: '复制并打开 GitHub',
      blank: '请写入更正后的文本。',
      unchanged: '文本与之前相同。请先更正。',
      copied: '更正后的文件已复制。在 GitHub 上全选、粘贴，然后点击“Commit changes”。',
      copiedLine: '该行已复制。在 GitHub 上粘贴，更正文本，然后点击“Commit changes”。',
      notCopied: '您的浏览器不允许复制。请复制以下内容并粘贴到 GitHub：',
      open: '打开 GitHub 编辑文件',
    },
    manual: '不使用表单',
    manualText:
      '一条更新就是一个小文件。以下链接会打开 GitHub 创建文件的页面。将 YYYY-MM-DDTHHMM 替换为 UTC 时间，例如 2026-11-22T1405，并在第二行连字符下方写入您的文本：',
    manualUpdate: (title) => sentence`更新：${title}`,
    manualIncident: '新事件',
    manualTitle: '{{客户注意到的情况}}',
    manualBody: '{{客户应该知道的内容}}',
    manualExample: '我们已确认原因：一个证书已过期。我们正在续期。',
    manualCheck: '状态为 investigating、identified、monitoring 或 resolved。错误会在提交上报告，不会显示给客户。',
  },

  postmortemDraft: {
    summary: (title, lasted, first, last) => {
      const when = first === last ? first : `${first} 至 ${last}`;
      return lasted === null ? `${title}，${when}。` : `${title}，${when}，持续 ${lasted}。`;
    },
    customerData: {
      label: '客户数据',
      unaffected: '未受影响',
      under_review: '仍在核实',
      affected: '受到影响',
    },
    moment: (date, clock) => `${date} ${clock}`,
    fact: (label, value) => `**${label}：** ${value}`,
    update: (time, status) => `**${time} ${status}：**`,
    checkIn: '团队同步',
    live: (time) => `上线：${time}`,
    affected: (components) => components.map(([name, status]) => `${name}（${status}）`).join('、'),
    duration: '持续时间',
    lasted: (lasted, range) => `${lasted}，${range}`,
    noDuration: '何时开始，何时结束？',
    range: (from, to) => `${from} 至 ${to}`,
    lastedAndReopened: (lasted, times) => `${lasted}；重新打开 ${number(times)} 次`,
    firstUpdate: '首次向客户更新的用时',
    noFirstUpdate: '客户从何时开始受到影响，我们用了多长时间才告知他们？',
    silence: '两次更新之间的最长间隔',
    components: '组件',
    noComponents: '未指定',
    remedy: '补救措施',
    noRemedy: '未承诺补救措施',
    times: '时间',
    timeZone: (zone) => `${zone} 时区`,
    lesson: '用一句话说明我们学到了什么',
    action: '演练回滚',
    owner: 'Dana',
    sections: {
      happened: ['发生了什么', '用客户能理解的话说明什么出了故障，以及为什么在那一刻发生？'],
      affected: [
        '谁受到了影响，如何受影响',
        '从何时开始，有多少客户在做什么时受到影响？他们损失了什么？谁没有受到影响？',
      ],
      timeline: ['我们何时做了什么', '在这些更新之间我们做了什么，谁做的决定，哪些尝试没有奏效？'],
      noticed: ['我们如何发现问题', '谁或什么最先发现，距开始多久？什么本应更早提醒我们？'],
      rollback: ['我们为何能够回退，或为何不能', '我们有哪些回退方式，用了多长时间，什么阻碍了我们？'],
      changed: ['我们做了哪些改变', '我们已经做了哪些改变，使这件事不会以同样的方式再次发生？'],
      promised: ['我们的承诺', '将做什么，由谁做，何时完成？请同时列在上面的 actions 中。受到损失的客户会得到什么？'],
      learned: [
        '我们学到了什么',
        '我们原以为正确但后来发现有误的是什么？什么对其他团队有帮助？请同时列在上面的 lessons 中。',
      ],
    },
  },

  templates: {
    investigating: {
      label: '出现问题，正在调查',
      body: [
        '自 {{time}} 左右起，{{哪些用户}}无法使用{{什么功能}}。{{哪些仍可使用，或可用什么替代}}',
        '我们正在调查，并首先核实客户数据是否受到影响。',
      ],
    },
    identified: {
      label: '已知道原因',
      body: [
        '我们已确认原因：{{用简单的话写一句}}。',
        '正在进行：{{现在所做的工作}}。预计{{客户会看到的变化及时间}}，如有变化会在此说明。',
      ],
    },
    'no-news': {
      label: '没有新消息，但到了更新时间',
      body: ['自上次更新以来没有变化：{{什么功能}}仍不可用，{{什么功能}}仍可使用。', '正在尝试：{{当前的尝试}}。'],
    },
    provider: {
      label: '我们的一家供应商发生中断',
      body: [
        '由于我们用于{{用途}}的{{供应商}}发生中断，{{什么功能}}不可用：{{其状态页地址}}',
        '{{我们在此期间所做的工作}}。{{客户在此之前可以做什么}}',
      ],
    },
    'closed-to-protect-data': {
      label: '为保护客户数据而关闭',
      body: [
        '为保护客户数据安全，我们在 {{time}} 主动关闭了{{什么}}。{{原因：已知的情况和尚不清楚的情况}}',
        '{{哪些仍可使用}} {{已提交的订单如何处理}}',
        '我们的优先顺序：保护客户数据安全，告知您我们了解的情况，然后才是恢复服务。',
      ],
    },
    'customer-data-safe': {
      label: '客户数据安全，修复仍在继续',
      body: [
        '客户数据是安全的。我们检查了{{哪些系统、哪些记录、从何时到何时}}，没有人查看、更改不属于自己的数据，也没有数据丢失。',
        '{{什么功能}}仍在修复中。',
      ],
    },
    monitoring: {
      label: '已恢复，正在监控',
      body: [
        '{{之前故障的功能}}已于 {{time}} 恢复。{{做了什么}}',
        '我们会监控{{具体内容}}直到{{何时}}，之后再宣布问题解决。',
      ],
    },
    reopened: {
      label: '我们关闭得太早',
      body: [
        '我们过早宣布问题已结束。自 {{time}} 起，{{什么再次出现故障，影响谁}}。',
        '我们已重新打开此事件，正在查明{{这次有何不同}}。',
      ],
    },
    resolved: {
      label: '已结束',
      body: [
        '{{之前故障的功能}}已正常运行{{多长时间}}。从{{何时}}到{{何时}}，{{多少客户、订单或付款}}受到影响：{{如何受影响}}。',
        '{{对受损失者的安排，或：您无需进行任何操作}}',
        '{{我们已做的改变}} 完整说明将在此发布。',
      ],
    },
    scheduled: {
      label: '已计划维护',
      body: [
        '计划工作：{{做什么，为什么}}。在此期间，{{什么不可用，多长时间}}；{{什么仍可使用}}。',
        '{{客户事先应做什么，或：您无需进行任何操作}}',
      ],
    },
    'maintenance-longer': {
      label: '维护时间延长',
      body: ['由于{{原因}}，工作用时超出计划。{{在此之前什么不可用}}', '我们现在预计不晚于{{何时}}完成。'],
    },
    'maintenance-done': {
      label: '维护已完成',
      body: ['工作已完成，一切运行正常。{{对客户来说有何不同}}'],
    },
  },

  feeds: {
    updates: {
      title: withStatus,
      description: (site) => `${site} 的每条状态更新，各一次`,
    },
    maintenance: {
      title: (site) => `${withStatus(site)}：维护`,
      description: (site) => `${site} 计划维护的每条更新，各一次`,
    },
    component: {
      title: (site, component) => `${withStatus(site)}：${component}`,
      description: (site, component) => `${site} 与 ${component} 有关的每条状态更新，各一次`,
    },
    history: {
      title: (site) => `${withStatus(site)} - 事件历史记录`,
      description: (site) => `${site} 的每个事件及其所有更新`,
    },
    postmortems: {
      title: (site) => `${site}：事后分析`,
      description: (site) => `${site} 发生了什么，我们学到了什么`,
    },
    announcement: '公告',
    postmortem: '事后分析',
    readPostmortem: '阅读事后分析',
    time: (year, month, day, clock) => `${year}年${month}月${day}日 ${clock} UTC`,
    shortTime: (month, day, clock) => `${month}月${day}日 ${clock} UTC`,
    itemTitle: (status, name, time) => `${status}：${name}（${time}）`,
    maintenanceStatus: (status) => `维护（${status}）`,
    customerData: (verdict) => `${customerData[verdict]}。`,
    window: (from, to) => `${from} 至 ${to}。`,
    ended: (time) => `结束于 ${time}。`,
    edited: (time) => `编辑于 ${time}。`,
    inBrowser: '这是一个订阅源。将其地址复制到您的订阅阅读器中，即可收到所有新内容。',
  },

  calendar: {
    name: (site) => `${site}：维护`,
    event: (site, title) => `${site}：${title}`,
    cancelledEvent: (site, title) => `已取消：${site}：${title}`,
  },

  text: {
    status: (status, impact) => `${status} · ${impact}`,
    began: (time) => `开始：${time}`,
    resolved: (time) => `解决：${time}`,
    nextUpdate: (time) => `下次更新不晚于：${time}`,
    component: (name, status) => sentence`${name}：${status}`,
    remedy: (remedy) => sentence`我们的补救措施：${remedy}`,
    maintenance: (status) => `维护 · ${status}`,
    from: (time) => `开始：${time}`,
    until: (time) => `结束：${time}`,
    update: (status, time) => `${status}，${time}`,
    editedUpdate: (status, time, edited) => `${status}，${time}（编辑于 ${edited}）`,
  },

  notice: {
    maintenanceStatus: (status) => `维护（${status}）`,
    heading: (status, title) => sentence`${status}：${title}`,
    summary: (site, heading) => sentence`${site}：${heading}`,
    subject: (site, heading) => sentence`[${site}] ${heading}`,
    link: withStatus,
    emailLink: (site, address) => `${withStatus(site)}：${address}`,
  },
} satisfies Words;
