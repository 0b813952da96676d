import { isolated } from './direction.ts';
import type { Words } from './en.ts';
import { grammar } from './grammar.ts';

const { duration, isolatedList, joined, list, names, number, percent, sentence } = grammar('ja', { comma: '、' });

/** `Example ステータス`, unless the name already says so. */
const withStatus = (site: string): string =>
  /ステータス|status(?:page)?\b/i.test(site) ? isolated(site) : sentence`${site} ステータス`;

const customerData = {
  unaffected: 'お客様のデータに影響はありません',
  under_review: 'お客様のデータへの影響の有無を確認しています',
  affected: 'お客様のデータに影響があります',
};

export const ja = {
  componentStatus: {
    operational: '正常稼働中',
    under_maintenance: 'メンテナンス中',
    degraded_performance: 'パフォーマンス低下',
    partial_outage: '一部停止',
    major_outage: '大規模停止',
  },
  incidentStatus: {
    investigating: '調査中',
    identified: '原因特定済み',
    monitoring: '監視中',
    resolved: '解決済み',
  },
  maintenanceStatus: {
    scheduled: '予定',
    in_progress: '実施中',
    verifying: '確認中',
    completed: '完了',
  },
  cancelled: '中止',
  impact: {
    none: '影響なし',
    minor: '軽微な影響',
    major: '重大な影響',
    critical: '極めて重大な影響',
  },
  customerData,
  cause: {
    change: 'ソフトウェアまたは設定の変更',
    data: '不正なデータ',
    defect: '既存の不具合',
    manual_work: '手作業',
    capacity: '容量不足',
    hardware: 'ハードウェアまたはネットワーク',
    dependency: '外部サービス',
    security: '攻撃',
    unknown: '不明',
  },
  direction: 'ltr',
  duration: (amount) => duration(amount, '1 分未満'),
  percent,
  listOf: list,
  names,

  headline: {
    operational: 'すべてのシステムが正常に稼働しています',
    under_maintenance: 'メンテナンス中です',
    degraded_performance: 'サービスの一部でパフォーマンスが低下しています',
    partial_outage: '小規模なサービス障害が発生しています',
    major_outage: 'システムの一部が停止しています',
    total_outage: '大規模なサービス障害が発生しています',
    openIncidents: (amount) => `対応中のインシデント ${number(amount)} 件`,
    noIncidents: '対応中のインシデントはありません',
  },

  frame: {
    siteName: withStatus,
    pageTitle: (page, site) => `${isolated(page)} · ${withStatus(site)}`,
    skip: '本文へ移動',
    pages: 'ページ',
    links: 'リンク',
    support: 'サポート',
    timeZone: (zone) => `時刻のタイムゾーンは ${zone} です。`,
    yourTimeZone: '時刻はお使いのタイムゾーン ({zone}) で表示しています。',
    yourTime: '{time} (お使いのタイムゾーン)',
    language: '日本語',
    languages: '言語',
    newUpdate: '新しい更新情報があります。',
    changed: 'このページの内容が変わりました。',
    show: '表示',
    status: 'ステータス',
    history: '履歴',
    postmortems: '事後報告',
    subscribe: '購読',
    subscribeEmail: 'メール',
    subscribeFeed: 'RSS または Atom フィード',
    subscribeSlack: 'Slack',
    subscribeCalendar: 'カレンダー',
    subscribeMore: 'すべての方法',
    rss: (site) => `${withStatus(site)}: 更新情報`,
    atom: (site) => `${withStatus(site)}: 更新情報 (Atom)`,
    jsonFeed: (site) => `${withStatus(site)}: 更新情報 (JSON Feed)`,
    postmortemsRss: (site) => sentence`${site}: 事後報告`,
    maintenanceRss: (site) => sentence`${site}: メンテナンス`,
    componentRss: (component) => sentence`${component}: ステータスの更新情報`,
    calendar: (site) => sentence`${site}: メンテナンスカレンダー`,
  },

  index: {
    description: (site, headline) => sentence`${site}: ${headline}`,
    asOf: '更新: {time}',
    quietFor: (amount) => `${number(amount)} 日間インシデントなし`,
    components: 'コンポーネント',
    more: (amount) => `ほか ${number(amount)} 件`,
    noComponents: (site) =>
      sentence`コンポーネントは登録されていません。このページの更新情報は ${site} 全体に関するものです。`,
    recent: (amount) => `過去 ${number(amount)} 日間`,
    nothingYet: 'インシデントはまだ記録されていません。障害が発生すると、すべての更新情報がここに表示されます。',
    noIncidents: 'インシデントはありません。',
    history: '月別の全インシデント',
    subscribe: '更新情報を受け取る',
  },

  incident: {
    description: (status, text) => sentence`${status}: ${text}`,
    resolved: '{time}、継続時間: {duration}',
    affectedNow: '影響を受けているコンポーネント',
    affectedAtWorst: '影響を受けたコンポーネント (最も悪かった時点)',
    atWorst: '最も悪かった時点:',
    nextUpdate: '次回の更新期限: {time}',
    overdue: '次回の更新が遅れています。期限: {time}',
    postmortemDue: '事後報告は {time} までに公開します',
    postmortemLate: '事後報告の公開が遅れています。予定: {time} まで',
    remedy: '補償:',
    claimUntil: '申請期限: {time}',
    remedied: '実施日: {time}',
    began: '発生: {time}',
    people: (lead, comms) => {
      if (lead === null) return sentence`更新担当: ${comms ?? ''}`;
      return joined(sentence`対応責任者: ${lead}`, comms && sentence`更新担当: ${comms}`);
    },
    postmortem: '何が起き、何を学んだかを読む',
    updates: '更新情報',
    earlier: (amount) => `以前の更新情報 ${number(amount)} 件を表示`,
    allUpdates: (amount) => (amount === 1 ? '更新情報 1 件' : `全 ${number(amount)} 件の更新情報`),
    plainText: '{link} (メッセージへの貼り付け用)',
    plainTextLink: 'このインシデントのテキスト版',
  },

  announcement: { times: '{from} から {until} まで' },

  maintenance: {
    description: (status, from, to) => `メンテナンス (${status}): ${from} から ${to} まで`,
    window: '{from} 〜 {to}',
    details: '詳細と更新情報',
    updates: '更新情報',
    plainText: '{link} (メッセージへの貼り付け用)',
    plainTextLink: 'このメンテナンスのテキスト版',
  },

  update: {
    reopened: '再オープン',
    renamed: (before) => sentence`タイトル変更 (変更前:「${before}」)`,
    reopenedAndRenamed: (before) => sentence`再オープン、タイトル変更 (変更前:「${before}」)`,
    promised: '予告した期限 ({time}):',
    kept: '予定どおり',
    late: (time) => `${time}の遅れ`,
    ended: '終了: {time}',
    posted: '公開: {time}',
    edited: '編集: {time}',
  },

  listed: {
    maintenance: 'メンテナンス',
    window: '{from} 〜 {to}',
    postmortem: '事後報告',
    ongoing: '{since} から継続中',
    continued: '{since} からの続き',
    reopened: '再オープン',
    ended: '{ended} に終了、{since} に発生',
  },

  component: {
    description: (component, status, bars) => sentence`${component}: ${status}。${bars ?? ''}`,
    uptime: (share) => `稼働率 ${share}`,
    uptimeSince: (uptime, day) => `${uptime} (${day}以降)`,
    uptimeAndDegraded: (uptime, degraded) => `${uptime}、パフォーマンス低下 ${degraded}`,
    noUptime: '稼働率のデータはまだありません',
    noBars: '稼働率のデータはまだありません。',
    daysAgo: (amount) => `${number(amount)} 日前`,
    today: '今日',
    bars: (amount, troubled) => {
      const parts = joined(
        troubled.major > 0 ? `大規模停止のあった日 ${number(troubled.major)} 日` : null,
        troubled.partial > 0 ? `一部停止のあった日 ${number(troubled.partial)} 日` : null,
        troubled.degraded > 0 ? `パフォーマンスが低下した日 ${number(troubled.degraded)} 日` : null,
      );
      const none = troubled.any ? '停止なし' : 'インシデントなし';
      const span = amount === 1 ? '今日' : `過去 ${number(amount)} 日間`;
      return `${span}: ${parts || none}。`;
    },
    affected: (time) =>
      joined(
        time.major && `大規模停止 ${time.major}`,
        time.partial && `一部停止 ${time.partial}`,
        time.degraded && `パフォーマンス低下 ${time.degraded}`,
        time.maintenance && `メンテナンス ${time.maintenance}`,
      ),
    troubledDays: (amount) => `インシデントのあった日: ${number(amount)} 日`,
    maintenance: 'メンテナンス',
    incidents: 'インシデント',
    noIncidents: (component) => sentence`${component} に影響したインシデントはこれまでにありません。`,
    older: (amount) => `履歴にある以前のインシデント ${number(amount)} 件`,
    follow: (component) => sentence`${component} をフォロー`,
    feed: '{link} には、このコンポーネントに関する更新 1 件につき 1 項目が含まれます。',
    feedLink: 'RSS フィード',
  },

  history: {
    title: '履歴',
    description: (site) => sentence`${site} の月別の全インシデント`,
    empty: 'まだ何も記録されていません。インシデントとメンテナンスは月別にここへ表示されます。',
    years: '年',
    months: '月',
    allMonths: 'すべての月',
    earlier: (month) => `← ${month}`,
    later: (month) => `${month} →`,
    monthDescription: (site, month, summary) => sentence`${site} の ${month} の記録: ${summary}`,
    monthSummary: (amount, maintenances) =>
      joined(
        amount > 0 ? `インシデント ${number(amount)} 件` : null,
        maintenances > 0 ? `メンテナンス ${number(maintenances)} 件` : null,
      ) || 'インシデントなし',
  },

  postmortems: {
    title: '事後報告',
    description: (site) => sentence`${site} で何が起き、何を学び、何を約束したか`,
    intro: '何が起き、何を学び、何を約束したか。',
    sections: 'このページの内容',
    all: 'すべての事後報告',
    none: '事後報告はまだありません。重大なインシデントの後には、誰もがそこから学べるよう、何が起きたかをここで説明します。',
    nonePublished: (within) =>
      `事後報告はまだ公開されていません。${within === null ? '' : `インシデントの終了後、${within}以内に公開します。`}`,
    lessons: '学んだこと',
    actions: '約束したこと',
    byComponent: 'コンポーネント別',
    noComponent: 'コンポーネントの指定なし',
    byCause: '原因別',
    noCause: '指定なし',
    actionsInTime: (amount) => `期限内に完了 ${number(amount)} 件`,
    actionsLate: (amount) => `遅れて完了 ${number(amount)} 件`,
    actionsOpen: (amount) => `未完了 ${number(amount)} 件`,
    actionsOverdue: (amount) => `期限超過 ${number(amount)} 件`,
    allDone: '実施したこと',
    doneSoFar: 'これまでに実施したこと',
    start: 'はじめに読むもの',
    search: 'タイトルと学びを検索',
    nothingFound: '一致する事後報告はありません。',
  },

  postmortem: {
    remedy: '行った補償:',
    cause: '原因:',
    incident: 'インシデント (当時の報告): {link}、{time}',
    incidentWithDuration: 'インシデント (当時の報告): {link}、{time}、{duration}',
    lessons: '学んだこと',
    actions: '約束したこと',
    updates: 'お客様にお伝えした内容',
    authors: isolatedList,
    anchor: (heading) => sentence`「${heading}」へのリンク`,
  },

  action: {
    done: '完了',
    open: '未完了',
    overdue: '期限超過',
    due: '期限: {time}',
    doneOn: '期限: {time}、完了: {done}',
    doneLate: '期限: {time}、遅れて完了: {done}',
    from: '{link} より',
  },

  responseTimes: {
    title: '年ごとの推移',
    caption: '最初の更新までと解決までの時間の中央値、およびそれぞれの算出に用いたインシデントの件数',
    year: '年',
    firstUpdate: '最初の更新',
    resolved: '解決',
    promised: '予告した更新',
    incidents: (amount, continued) => {
      if (continued === 0) return `インシデント ${number(amount)} 件`;
      return amount === 0
        ? `前年以前からのインシデント ${number(continued)} 件`
        : `インシデント ${number(amount)} 件、ほかに前年以前から ${number(continued)} 件`;
    },
    soFar: '現時点',
    unknown: '不明',
    medianOf: (amount) => `${number(amount)} 件`,
    promises: (kept, late) => `予定どおり\u00a0${number(kept)}\u00a0件、遅れ\u00a0${number(late)}\u00a0件`,
    noPromises: 'なし',
    plotFirstUpdate: '最初の更新までの時間 (各年の中央値)',
    plotResolved: '解決までの時間 (各年の中央値)',
    countedIncidents: (all) =>
      `このステータスページのインシデントは、発生した年に集計されます: 合計 ${number(all)} 件。中央値は真ん中の値です。半数はそれより短く、半数はそれより長くかかりました。`,
    countedFirstUpdate: (known, all) =>
      known === 0
        ? 'お客様への影響がいつ始まったかを示すインシデントがないため、最初の更新までの時間は不明です。'
        : `最初の更新までの時間は、お客様への影響が始まった時点から数えます。この時点が判明しているのは ${number(all)} 件中 ${number(known)} 件です。`,
    countedResolved: (amount) =>
      `解決までの時間は、継続時間が判明している解決済みのインシデント ${number(amount)} 件に基づきます。解決から再オープンまでの時間は含みません。`,
    countedPromises:
      '各更新では、次回の更新の時刻を予告します。予告した時刻 (分単位) までに次の更新が公開されれば、予定どおりです。',
    countedPromisesImported:
      '各更新では、次回の更新の時刻を予告します。予告した時刻 (分単位) までに次の更新が公開されれば、予定どおりです。このページへの移行前のインシデントには予告がないため、集計に含みません。',
    openCircle: '白抜きの丸は、まだ終わっていない年を表します。',
  },

  subscribe: {
    title: '購読',
    description: (site) => sentence`${site} の更新情報を 1 回ずつ受け取る方法`,
    heading: '更新情報を受け取る',
    intro: '「解決済み」を含め、更新情報はそれぞれ 1 回だけ届きます。',
    email: 'メール',
    emailText: 'メーリングリストへの{link}。更新 1 件につきメッセージ 1 通が届きます。いつでも解除できます。',
    emailLink: '登録',
    emailMessage: '{link} 宛てにメッセージをお送りください。アドレス確認のための返信が届きます。',
    feedReader: 'フィードリーダー',
    rss: {
      name: 'RSS',
      text: 'インシデントやメンテナンスの更新 (「解決済み」を含む) および事後報告が、それぞれ 1 項目になります。',
    },
    atom: { name: 'Atom', text: '同じ更新情報の Atom 形式。' },
    jsonFeed: { name: 'JSON Feed', text: '同じ更新情報の JSON 形式。' },
    slack: 'Slack',
    slackCommand: '更新情報を受け取るチャンネルで、次のように入力します:',
    narrower: '受け取る内容を選ぶ',
    maintenance: { name: 'メンテナンス', text: '計画メンテナンスの更新が、それぞれ 1 項目になります。' },
    postmortems: { name: '事後報告', text: '何が起き、何を学んだかの報告が、それぞれ 1 項目になります。' },
    historyRss: {
      name: 'インシデントごとに 1 項目 (RSS)',
      text: '各項目にはそのインシデントの全更新が含まれ、更新のたびに内容が変わります (Statuspage と同じ方式)。すでにこのアドレスを使っている方向けです。',
    },
    historyAtom: { name: 'インシデントごとに 1 項目 (Atom)', text: '同じ内容の Atom 形式。' },
    component: '特定のコンポーネント',
    componentText: 'そのコンポーネントに影響するインシデントとメンテナンスの更新情報:',
    calendar: 'カレンダー',
    calendarText: 'すべてのメンテナンスの予定です。日時が変更されると予定も移動し、中止されるとその旨が表示されます。',
    calendarAddress: '{link}するか、このアドレスをカレンダーに追加してください:',
    calendarLink: '購読',
    developers: '開発者向け',
    developersText: 'JSON API、バッジ、サイト用バナー、テキスト版については、{link}のページをご覧ください。',
  },

  copy: {
    copy: 'コピー',
    copied: 'コピーしました',
  },

  developers: {
    title: '開発者向け',
    description: (site) => sentence`スクリプト、README ファイル、ほかのサイトで ${site} のステータスを利用する方法`,
    intro: '現在のステータスを、ご自身のスクリプトやサイトで利用できます。',
    api: 'API',
    apiText:
      'Statuspage API 形式の現在のステータス: 全体のステータス、コンポーネント、対応中のインシデント、メンテナンス。',
    webhooks: 'Webhooks',
    webhooksText:
      '登録は不要です。前回のリクエストの ETag を付けて JSON Feed を定期的に取得してください。新しい情報がなければ、空の 304 が返ります。',
    badge: 'バッジ',
    embed: '対応中のインシデントをサイトに表示',
    embedLink: '単独のページで表示',
    frame: '現在のステータスと対応中のインシデントを表示するフレーム:',
    banner: '問題があるときだけ表示されるバナー:',
    text: 'テキスト版',
    textText: '各インシデントにはテキスト版もあり、お客様への返信に利用できます。最新:',
  },

  notFound: {
    title: 'ページが見つかりません',
    description: 'このアドレスにページはありません',
    heading: 'ページが見つかりません',
    text: 'このアドレスにページはありません。移動したか、アドレスの入力に誤りがある可能性があります。',
    status: '現在のステータス',
    history: '月別の全インシデント',
  },

  badge: { site: withStatus },

  embed: {
    title: '現在のステータス',
    description: (site) => sentence`${site} の現在のステータス (他のページへの埋め込み用)`,
    updated: '{status}、{time}',
  },

  compose: {
    title: '更新を投稿',
    description: (site) => sentence`${site} の更新を投稿するフォーム`,
    heading: '更新を投稿',
    notStarted:
      'このフォームには JavaScript が必要ですが、このブラウザーでは動作していません。フォームなしでも投稿できます。{link}をご覧ください。',
    notStartedLink: '下記',
    intro: (repository) =>
      `チーム用です。このフォームはファイルを 1 つ用意し、その内容で GitHub を開きます。ここからは何も送信されません。GitHub で「Commit changes」を押すと公開が始まります。GitHub へのサインインと、${repository} への書き込み権限が必要です。`,
    incident: '対象は何ですか？',
    newIncident: '新しいインシデント',
    incidentHint: (time) =>
      `${time} 現在の対応中のインシデントです。見当たらない場合は、1 分後にページを再読み込みしてください。`,
    owing: '解決済み (補償は未完了)',
    template: '書き出し',
    noTemplate: '空のメッセージ',
    titleField: 'お客様にはどのような影響がありますか？',
    titleExample: 'ヨーロッパでの購入手続きのエラー',
    titleHint: '新しいインシデントのタイトルです。対応中のインシデントでは、タイトルを変更する場合だけ入力します。',
    status: 'ステータスは？',
    sameStatus: (status) => `変更なし: ${status}`,
    impact: '影響の程度は？',
    impactOfComponents: 'コンポーネントに基づく',
    sameImpactOfComponents: '変更なし: コンポーネントに基づく',
    sameAs: (value) => `変更なし: ${value}`,
    same: '変更なし',
    components: '影響を受けているのは？',
    addComponent: 'コンポーネントを追加',
    notAffected: '影響なし',
    customerData: 'お客様のデータは安全ですか？',
    noVerdict: 'まだ明言しない',
    nextUpdate: '次回の更新はいつですか？',
    nextUpdateDefault: '通常どおり',
    nextUpdateHint: (zone) =>
      `お使いのタイムゾーン (${zone}) の時刻 (10:30 など)、次回までの長さ (30m など)、または none。空欄の場合は通常の時刻になります。`,
    message: 'お客様に何を伝えますか？',
    started: 'いつ始まりましたか？',
    startedHint: '今より前に始まった新しいインシデントの場合のみ。この端末のタイムゾーンで入力します。',
    ended: 'いつ終わりましたか？',
    endedHint:
      '「解決済み」で、今より前に終わっていた場合のみ。上のコンポーネントはその時点まで影響を受けていたことになります。',
    more: '時刻と補償',
    remedy: 'どのように補償しますか？',
    remedyExample: '失敗した注文の料金は請求しません。',
    claim: 'お客様はどのように申請しますか？',
    claimExample: '注文番号を記載のうえ、support@example.com までご連絡ください。',
    claimUntil: '申請の期限は？',
    remedied: 'お客様が補償を受けた日は？',
    remediedHint: 'まだ受け取っていないお客様がいる間は空欄にします。それまで補償は未完了のままです。',
    lead: '対応の責任者は？',
    comms: 'お客様への連絡担当は？',
    problems: '先に次の問題を修正してください:',
    submit: 'GitHub で続ける',
    opened:
      '入力済みのファイルとともに、GitHub が新しいタブで開きます。そこで「Commit changes」を押すと公開が始まります。',
    tooLong:
      'テキストが長すぎてリンクに収まりません。{button} {copied} 次に、下のリンクで GitHub を開きます。ファイル名は入力済みです。テキストを貼り付けて「Commit changes」を押してください。',
    copy: 'テキストをコピー',
    copied: 'コピーしました。',
    notCopied:
      'ブラウザーがコピーを許可しませんでした。下でファイルのテキストが選択されています。そこからコピーしてください。',
    openGitHub: 'GitHub を開いてファイルを作成',
    preview: 'お客様に表示される内容',
    noPreview:
      'フォームの入力が完了するとプレビューが表示されます。「GitHub で続ける」を押すと、不足している項目がわかります。',
    previewNextUpdate: (time) => `次回の更新期限: ${time}`,
    file: 'ファイル',
    fileTime: (time) => `ファイル名には現在の時刻が入ります: ${time}。ボタンを押すと更新されます。`,
    credential:
      'キー、トークン、またはパスワードの先頭のような文字列が含まれています。該当する場合は削除してください。そのままでは拒否されます。また、git はプッシュされたものをすべて保持します。',
    titleMissing: '「ヨーロッパでの購入手続きのエラー」のように、お客様への影響を入力してください。',
    messageMissing: 'お客様に伝えることを入力してください。',
    nextUpdateWrong: (typed) =>
      `「${typed}」は時刻でも長さでもありません。時刻 (10:30 など)、次回までの長さ (30m など)、または none を入力してください。`,
    nextUpdateOver: '「解決済み」の後に次回の更新はありません。空欄にするか、別のステータスを選択してください。',
    yearWrong: '年は 2000 から 2099 までの間で入力してください。',
    impactMissing: '影響の大きさを選ぶか、影響を受けているコンポーネントを追加してください。',
    remediedLater: 'この日付は未来です。お客様が補償を受けるまで空欄にしてください。',
    problem: (message) => `この項目: ${message}`,
    clock: (device, known) =>
      `この端末の時計は ${device} ですが、このページにはすでに ${known} の情報があります。時計を合わせてページを再読み込みしてください。`,
    alreadyOpen: (title) =>
      sentence`「${title}」はすでに対応中です。更新するにはここで選択してください。別のインシデントの場合は、タイトルを変更してください。`,
    underReview: `このインシデントは、お客様のデータを確認中と表示されたままになります。確認の結果、または「${customerData.under_review}」を選んでください。`,
    verdictMissing: `「重大な影響」または「極めて重大な影響」のインシデントを解決済みにする前に、お客様のデータが安全かどうかを選択してください。まだわからない場合は、「${customerData.under_review}」を選択してください。`,
    edit: {
      heading: '誤字を修正',
      intro:
        '公開済みの更新の本文を修正します。ページには編集された時刻が表示されます。新しい情報がある場合は、更新を投稿してください。',
      update: 'どの更新ですか？',
      label: (title, status, time) => sentence`${time} · ${status} · ${title}`,
      text: '修正後の本文',
      private:
        'このファイルにはチームだけが見られるメモが含まれているため、GitHub で修正してください。コピーした行を「status:」の下に貼り付けます。「edited:」の行がある場合は置き換えてください。',
      submit: 'コピーして GitHub を開く',
      blank: '修正後の本文を入力してください。',
      unchanged: '本文が変わっていません。先に修正してください。',
      copied:
        '修正後のファイルをコピーしました。GitHub ですべてを選択して貼り付け、「Commit changes」を押してください。',
      copiedLine: '行をコピーしました。GitHub で貼り付け、本文を修正して「Commit changes」を押してください。',
      notCopied: 'ブラウザーがコピーを許可しませんでした。これをコピーして GitHub に貼り付けてください:',
      open: 'GitHub を開いてファイルを編集',
    },
    manual: 'フォームを使わない場合',
    manualText:
      '更新は小さなファイル 1 つです。次のリンクで、ファイルを作成する GitHub のページが開きます。YYYY-MM-DDTHHMM を 2026-11-22T1405 のような UTC の時刻に置き換え、2 本目のハイフンの行の下に本文を書いてください:',
    manualUpdate: (title) => sentence`更新: ${title}`,
    manualIncident: '新しいインシデント',
    manualTitle: '{{お客様への影響}}',
    manualBody: '{{お客様に伝えること}}',
    manualExample: '原因が判明しました。証明書の期限切れです。現在、更新作業を行っています。',
    manualCheck:
      'ステータスは investigating、identified、monitoring、resolved のいずれかです。誤りはコミットに表示され、お客様には表示されません。',
  },

  postmortemDraft: {
    summary: (title, lasted, first, last) => {
      const when = first === last ? first : `${first} から ${last}`;
      return lasted === null ? `${title} (${when})。` : `${title} (${when})。継続時間: ${lasted}。`;
    },
    customerData: {
      label: 'お客様のデータ',
      unaffected: '影響なし',
      under_review: '確認中',
      affected: '影響あり',
    },
    moment: (date, clock) => `${date} ${clock}`,
    fact: (label, value) => `**${label}:** ${value}`,
    update: (time, status) => `**${time} ${status}:**`,
    checkIn: 'チーム内の確認',
    live: (time) => `ページへの反映: ${time}`,
    affected: (components) => components.map(([name, status]) => `${name} (${status})`).join('、'),
    duration: '継続時間',
    lasted: (lasted, range) => `${lasted} (${range})`,
    noDuration: 'いつ始まり、いつ終わりましたか？',
    range: (from, to) => `${from} から ${to} まで`,
    lastedAndReopened: (lasted, times) => `${lasted}、再オープン ${number(times)} 回`,
    firstUpdate: 'お客様への最初の更新までの時間',
    noFirstUpdate: 'お客様への影響はいつ始まり、お知らせするまでにどのくらいかかりましたか？',
    silence: '最も長かった更新の間隔',
    components: 'コンポーネント',
    noComponents: '指定なし',
    remedy: '補償',
    noRemedy: '約束した補償はありません',
    times: '時刻',
    timeZone: (zone) => `タイムゾーンは ${zone}`,
    lesson: '学んだことを一文で',
    action: 'ロールバックの訓練を行う',
    owner: 'Dana',
    sections: {
      happened: ['何が起きたか', 'お客様にわかる言葉で、何が壊れましたか。また、なぜその時に壊れましたか？'],
      affected: [
        '誰にどのような影響があったか',
        '何人のお客様が、何をしているときに、いつから影響を受けましたか？何が失われましたか？影響がなかったのは誰ですか？',
      ],
      timeline: [
        'いつ何をしたか',
        'これらの更新の間に何をしましたか？誰が判断しましたか？試しても効果がなかったことは何ですか？',
      ],
      noticed: [
        'どのように気づいたか',
        '最初に気づいたのは誰または何で、発生からどのくらい後でしたか？もっと早く気づかせてくれるはずだったものは何ですか？',
      ],
      rollback: [
        '元に戻せた理由、または戻せなかった理由',
        '元に戻す方法には何があり、どのくらいかかり、何が妨げになりましたか？',
      ],
      changed: ['変更したこと', '同じことが同じように起きないよう、すでに何を変更しましたか？'],
      promised: [
        '約束すること',
        '誰が、いつまでに、何をしますか？上の actions にも記載してください。損失を受けたお客様には何を提供しますか？',
      ],
      learned: [
        '学んだこと',
        '思い込んでいて誤りだとわかったことは何ですか？ほかのチームの役に立つことは何ですか？上の lessons にも記載してください。',
      ],
    },
  },

  templates: {
    investigating: {
      label: '問題が発生し、調査しています',
      body: [
        '{{time}} 頃から、{{影響を受けるお客様}}が{{動作していないもの}}を利用できません。{{引き続き利用できるもの、または代わりの方法}}',
        '現在調査しており、まずお客様のデータへの影響の有無を確認しています。',
      ],
    },
    identified: {
      label: '原因が判明しました',
      body: [
        '原因が判明しました。{{わかりやすい一文}}。',
        '現在、{{実施していること}}を行っています。{{お客様にとっての変化とその時期}}を見込んでいます。変更があれば、ここでお知らせします。',
      ],
    },
    'no-news': {
      label: '進展はありませんが、更新の時刻になりました',
      body: [
        '前回の更新から変化はありません。{{動作していないもの}}は引き続き利用できず、{{動作しているもの}}は引き続き利用できます。',
        '現在、{{試していること}}を行っています。',
      ],
    },
    provider: {
      label: '利用している事業者で障害が発生しています',
      body: [
        '当社が{{用途}}に利用している{{事業者}}の障害により、{{動作していないもの}}が利用できません: {{事業者のステータスページのアドレス}}',
        '{{その間に行っていること}}。{{それまでにお客様ができること}}',
      ],
    },
    'closed-to-protect-data': {
      label: 'お客様のデータを守るため停止しました',
      body: [
        'お客様のデータを守るため、{{time}} に{{対象}}を意図的に停止しました。{{理由: わかっていること、まだわかっていないこと}}',
        '{{引き続き利用できるもの}} {{すでに受け付けた注文の扱い}}',
        '優先順位は、お客様のデータを守ること、わかっていることをお知らせすること、その後にサービスを復旧することです。',
      ],
    },
    'customer-data-safe': {
      label: 'お客様のデータは安全で、復旧作業を続けています',
      body: [
        'お客様のデータは安全です。{{対象のシステム、記録、期間}}を確認した結果、他人のデータが閲覧、変更された事実や、データの消失はありませんでした。',
        '{{動作していないもの}}は引き続き復旧作業中です。',
      ],
    },
    monitoring: {
      label: '復旧し、監視しています',
      body: [
        '{{障害のあったもの}}は {{time}} に復旧しました。{{実施したこと}}',
        '{{日時}}まで{{監視の対象}}を監視し、その後に解決済みとします。',
      ],
    },
    reopened: {
      label: '解決の判断が早すぎました',
      body: [
        '解決のお知らせが早すぎました。{{time}} から、{{再び発生している問題とその対象}}。',
        'インシデントを再オープンし、{{今回異なる点}}を調べています。',
      ],
    },
    resolved: {
      label: '解決しました',
      body: [
        '{{障害のあったもの}}は{{期間}}にわたり正常に動作しています。{{日時}}から{{日時}}まで、{{お客様、注文、または支払いの件数}}に影響がありました: {{影響の内容}}。',
        '{{損失を受けた方への対応、または: お客様に行っていただくことはありません}}',
        '{{すでに変更したこと}} 詳しい報告はここに掲載します。',
      ],
    },
    scheduled: {
      label: 'メンテナンスの予定があります',
      body: [
        '{{実施する内容とその理由}}。この間、{{利用できないものとその時間}}。{{引き続き利用できるもの}}。',
        '{{事前にお客様が行うべきこと、または: お客様に行っていただくことはありません}}',
      ],
    },
    'maintenance-longer': {
      label: 'メンテナンスが長引いています',
      body: [
        '{{理由}}のため、作業が予定より長引いています。{{それまで利用できないもの}}',
        '{{日時}}までに完了する見込みです。',
      ],
    },
    'maintenance-done': {
      label: 'メンテナンスが完了しました',
      body: ['作業が完了し、すべて正常に動作しています。{{お客様にとって変わった点}}'],
    },
  },

  feeds: {
    updates: {
      title: withStatus,
      description: (site) => `${site} のステータスの更新情報 (各 1 回)`,
    },
    maintenance: {
      title: (site) => `${withStatus(site)}: メンテナンス`,
      description: (site) => `${site} の計画メンテナンスの更新情報 (各 1 回)`,
    },
    component: {
      title: (site, component) => `${withStatus(site)}: ${component}`,
      description: (site, component) => `${component} に関する ${site} のステータスの更新情報 (各 1 回)`,
    },
    history: {
      title: (site) => `${withStatus(site)} - インシデント履歴`,
      description: (site) => `${site} の全インシデントとそのすべての更新情報`,
    },
    postmortems: {
      title: (site) => `${site}: 事後報告`,
      description: (site) => `${site} で何が起き、何を学んだか`,
    },
    announcement: 'お知らせ',
    postmortem: '事後報告',
    readPostmortem: '事後報告を読む',
    time: (year, month, day, clock) => `${year}年${month}月${day}日 ${clock} UTC`,
    shortTime: (month, day, clock) => `${month}月${day}日 ${clock} UTC`,
    itemTitle: (status, name, time) => `${status}: ${name} (${time})`,
    maintenanceStatus: (status) => `メンテナンス (${status})`,
    customerData: (verdict) => `${customerData[verdict]}。`,
    window: (from, to) => `${from} から ${to} まで。`,
    ended: (time) => `終了: ${time}。`,
    edited: (time) => `編集: ${time}。`,
    inBrowser: 'これはフィードです。このアドレスをフィードリーダーに追加すると、新しい情報がすべて届きます。',
  },

  calendar: {
    name: (site) => `${site}: メンテナンス`,
    event: (site, title) => `${site}: ${title}`,
    cancelledEvent: (site, title) => `中止: ${site}: ${title}`,
  },

  text: {
    status: (status, impact) => `${status} · ${impact}`,
    began: (time) => `発生: ${time}`,
    resolved: (time) => `解決: ${time}`,
    nextUpdate: (time) => `次回の更新: ${time} まで`,
    component: (name, status) => sentence`${name}: ${status}`,
    remedy: (remedy) => sentence`補償: ${remedy}`,
    maintenance: (status) => `メンテナンス · ${status}`,
    from: (time) => `開始: ${time}`,
    until: (time) => `終了: ${time}`,
    update: (status, time) => `${status}、${time}`,
    editedUpdate: (status, time, edited) => `${status}、${time} (編集: ${edited})`,
  },

  notice: {
    maintenanceStatus: (status) => `メンテナンス (${status})`,
    heading: (status, title) => sentence`${status}: ${title}`,
    summary: (site, heading) => sentence`${site}: ${heading}`,
    subject: (site, heading) => sentence`[${site}] ${heading}`,
    link: withStatus,
    emailLink: (site, address) => `${withStatus(site)}: ${address}`,
  },
} satisfies Words;
