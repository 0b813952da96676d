import { isolated } from './direction.ts';
import type { Words } from './en.ts';
import { grammar } from './grammar.ts';

const { duration, isolatedList, joined, list, names, number, percent, plural, sentence } = grammar('ar', {
  direction: 'rtl',
  comma: '، ',
});

const days = (amount: number): string =>
  plural(amount, { one: 'يوم واحد', two: 'يومان', few: '# أيام', many: '# يومًا', other: '# يوم' });

/** After a preposition or a noun, the dual has a different ending. */
const ofDays = (amount: number): string => (amount === 2 ? 'يومين' : days(amount));

const incidents = (amount: number): string =>
  plural(amount, {
    zero: 'لا حوادث',
    one: 'حادث واحد',
    two: 'حادثان',
    few: '# حوادث',
    many: '# حادثًا',
    other: '# حادث',
  });

/** `حالة Example`, unless the name already says so. */
const withStatus = (site: string): string =>
  /حالة|status(?:page)?\b/i.test(site) ? isolated(site, 'rtl') : sentence`حالة ${site}`;

const customerData = {
  unaffected: 'بيانات العملاء غير متأثرة',
  under_review: 'نتحقق مما إذا كانت بيانات العملاء متأثرة',
  affected: 'بيانات العملاء متأثرة',
};

export const ar = {
  componentStatus: {
    operational: 'يعمل',
    under_maintenance: 'قيد الصيانة',
    degraded_performance: 'أداء منخفض',
    partial_outage: 'انقطاع جزئي',
    major_outage: 'انقطاع كبير',
  },
  incidentStatus: {
    investigating: 'قيد التحقيق',
    identified: 'تم تحديد السبب',
    monitoring: 'قيد المراقبة',
    resolved: 'تم الحل',
  },
  maintenanceStatus: {
    scheduled: 'مجدولة',
    in_progress: 'قيد التنفيذ',
    verifying: 'قيد التحقق',
    completed: 'مكتملة',
  },
  cancelled: 'ملغاة',
  impact: {
    none: 'بلا تأثير',
    minor: 'تأثير طفيف',
    major: 'تأثير كبير',
    critical: 'تأثير بالغ',
  },
  customerData,
  cause: {
    change: 'تغيير في البرمجيات أو الإعدادات',
    data: 'بيانات خاطئة',
    defect: 'خلل كان موجودًا من قبل',
    manual_work: 'إجراء يدوي',
    capacity: 'سعة غير كافية',
    hardware: 'الأجهزة أو الشبكة',
    dependency: 'خدمة من طرف ثالث',
    security: 'هجوم',
    unknown: 'غير معروف',
  },
  direction: 'rtl',
  duration: (amount) => duration(amount, 'أقل من دقيقة'),
  percent,
  listOf: list,
  names,

  headline: {
    operational: 'جميع الأنظمة تعمل',
    under_maintenance: 'الخدمة قيد الصيانة',
    degraded_performance: 'انخفاض جزئي في أداء الخدمة',
    partial_outage: 'انقطاع طفيف في الخدمة',
    major_outage: 'انقطاع جزئي في النظام',
    total_outage: 'انقطاع كبير في الخدمة',
    openIncidents: (amount) =>
      plural(amount, {
        zero: 'لا حوادث نشطة',
        one: 'حادث نشط واحد',
        two: 'حادثان نشطان',
        few: '# حوادث نشطة',
        many: '# حادثًا نشطًا',
        other: '# حادث نشط',
      }),
    noIncidents: 'لا توجد حوادث نشطة',
  },

  frame: {
    siteName: withStatus,
    pageTitle: (page, site) => `${isolated(page, 'rtl')} · ${withStatus(site)}`,
    skip: 'الانتقال إلى المحتوى',
    pages: 'الصفحات',
    links: 'الروابط',
    support: 'الدعم',
    timeZone: (zone) => sentence`الأوقات بتوقيت ${zone}.`,
    yourTimeZone: 'الأوقات بتوقيت منطقتك الزمنية ({zone}).',
    yourTime: '{time} بتوقيتك',
    language: 'العربية',
    languages: 'اللغة',
    newUpdate: 'نُشر تحديث جديد.',
    changed: 'تغيّرت هذه الصفحة.',
    show: 'عرض',
    status: 'الحالة',
    history: 'السجل',
    postmortems: 'تقارير ما بعد الحوادث',
    subscribe: 'الاشتراك',
    subscribeEmail: 'بالبريد الإلكتروني',
    subscribeFeed: 'موجز RSS أو Atom',
    subscribeSlack: 'في Slack',
    subscribeCalendar: 'التقويم',
    subscribeMore: 'جميع الخيارات',
    rss: (site) => `${withStatus(site)}: التحديثات`,
    atom: (site) => `${withStatus(site)}: التحديثات (Atom)`,
    jsonFeed: (site) => `${withStatus(site)}: التحديثات (JSON Feed)`,
    postmortemsRss: (site) => sentence`تقارير ما بعد الحوادث لدى ${site}`,
    maintenanceRss: (site) => sentence`صيانة ${site}`,
    componentRss: (component) => sentence`${component}: تحديثات الحالة`,
    calendar: (site) => sentence`تقويم صيانة ${site}`,
  },

  index: {
    description: (site, headline) => sentence`${site}: ${headline}`,
    asOf: 'حُدّثت هذه الصفحة: {time}',
    quietFor: (amount) =>
      plural(amount, {
        one: 'لا حوادث منذ يوم واحد',
        two: 'لا حوادث منذ يومين',
        few: 'لا حوادث منذ # أيام',
        many: 'لا حوادث منذ # يومًا',
        other: 'لا حوادث منذ # يوم',
      }),
    components: 'المكونات',
    more: (amount) => plural(amount, { one: 'واحد آخر', two: 'اثنان آخران', few: '# أخرى', other: '# آخر' }),
    noComponents: (site) => sentence`لا توجد مكونات مدرجة. تنطبق التحديثات في هذه الصفحة على ${site} بالكامل.`,
    recent: (amount) =>
      plural(amount, {
        one: 'اليوم الأخير',
        two: 'آخر يومين',
        few: 'آخر # أيام',
        many: 'آخر # يومًا',
        other: 'آخر # يوم',
      }),
    nothingYet: 'لم تُسجَّل أي حوادث حتى الآن. عند حدوث عطل، يظهر كل تحديث هنا.',
    noIncidents: 'لا توجد حوادث.',
    history: 'جميع الحوادث حسب الشهر',
    subscribe: 'تلقّي التحديثات',
  },

  incident: {
    description: (status, text) => sentence`${status}: ${text}`,
    resolved: '{time}، المدة: {duration}',
    affectedNow: 'المكونات المتأثرة',
    affectedAtWorst: 'المكونات المتأثرة في أسوأ حالاتها',
    atWorst: 'في أسوأ حالة:',
    nextUpdate: 'التحديث التالي بحلول {time}',
    overdue: 'تأخر التحديث التالي. كان متوقعًا بحلول {time}',
    postmortemDue: 'سننشر تقرير ما بعد الحادث بحلول {time}',
    postmortemLate: 'تأخر تقرير ما بعد الحادث. كان متوقعًا بحلول {time}',
    remedy: 'كيف نعوّض عن ذلك:',
    claimUntil: 'يمكن طلبه حتى {time}',
    remedied: 'نُفّذ في {time}',
    began: 'البداية: {time}',
    people: (lead, comms) => {
      if (lead === null) return sentence`التحديثات: ${comms ?? ''}`;
      return joined(sentence`القيادة: ${lead}`, comms && sentence`التحديثات: ${comms}`);
    },
    postmortem: 'اقرأ ما حدث وما تعلمناه',
    updates: 'التحديثات',
    earlier: (amount) =>
      plural(amount, {
        one: 'عرض تحديث سابق واحد',
        two: 'عرض تحديثين سابقين',
        few: 'عرض # تحديثات سابقة',
        many: 'عرض # تحديثًا سابقًا',
        other: 'عرض # تحديث سابق',
      }),
    allUpdates: (amount) =>
      plural(amount, {
        one: 'التحديث الوحيد',
        two: 'كلا التحديثين',
        other: 'جميع التحديثات (#)',
      }),
    plainText: '{link}، للصقه في الرسائل',
    plainTextLink: 'هذا الحادث كنص عادي',
  },

  announcement: { times: 'من {from} إلى {until}' },

  maintenance: {
    description: (status, from, to) => sentence`صيانة ${status}: من ${from} إلى ${to}`,
    window: 'من {from} إلى {to}',
    details: 'التفاصيل والتحديثات',
    updates: 'التحديثات',
    plainText: '{link}، للصقه في الرسائل',
    plainTextLink: 'هذه الصيانة كنص عادي',
  },

  update: {
    reopened: 'أُعيد فتحه',
    renamed: (before) => sentence`تغيّر العنوان، وكان: «${before}»`,
    reopenedAndRenamed: (before) => sentence`أُعيد فتحه وتغيّر عنوانه، وكان: «${before}»`,
    promised: 'الموعد المعلن ({time}):',
    kept: 'في الموعد',
    late: (time) => `مدة التأخر: ${time}`,
    ended: 'الانتهاء: {time}',
    posted: 'نُشر في {time}',
    edited: 'عُدّل في {time}',
  },

  listed: {
    maintenance: 'صيانة',
    window: 'من {from} إلى {to}',
    postmortem: 'تقرير ما بعد الحادث',
    ongoing: 'مستمر منذ {since}',
    continued: 'تتمة لما بدأ في {since}',
    reopened: 'أُعيد فتحه',
    ended: '{ended}، وبدأ في {since}',
  },

  component: {
    description: (component, status, bars) => sentence`${component}: ${status}.${bars === null ? '' : ` ${bars}`}`,
    uptime: (share) => `وقت التشغيل ${share}`,
    uptimeSince: (uptime, day) => sentence`${uptime} منذ ${day}`,
    uptimeAndDegraded: (uptime, degraded) => `${uptime}، مدة انخفاض الأداء: ${degraded}`,
    noUptime: 'لا توجد بيانات عن وقت التشغيل بعد',
    noBars: 'لا توجد بيانات عن وقت التشغيل بعد.',
    daysAgo: (amount) => `قبل ${ofDays(amount)}`,
    today: 'اليوم',
    bars: (amount, troubled) => {
      const parts = joined(
        troubled.major > 0 ? `${days(troubled.major)} مع انقطاع كبير` : null,
        troubled.partial > 0 ? `${days(troubled.partial)} مع انقطاع جزئي` : null,
        troubled.degraded > 0 ? `${days(troubled.degraded)} مع أداء منخفض` : null,
      );
      const none = troubled.any ? 'لا انقطاعات' : 'لا حوادث';
      const span = amount === 1 ? 'اليوم' : `آخر ${ofDays(amount)}`;
      return `${span}: ${parts || none}.`;
    },
    affected: (time) =>
      // Durations contain commas.
      [
        time.major && `مدة الانقطاع الكبير: ${time.major}`,
        time.partial && `مدة الانقطاع الجزئي: ${time.partial}`,
        time.degraded && `مدة انخفاض الأداء: ${time.degraded}`,
        time.maintenance && `مدة الصيانة: ${time.maintenance}`,
      ]
        .filter((part) => part !== null)
        .join('؛ '),
    troubledDays: (amount) =>
      plural(amount, {
        zero: 'لا توجد أيام شهدت حوادث',
        one: 'يوم واحد شهد حوادث',
        two: 'يومان شهدا حوادث',
        few: '# أيام شهدت حوادث',
        many: '# يومًا شهدت حوادث',
        other: '# يوم شهدت حوادث',
      }),
    maintenance: 'الصيانة',
    incidents: 'الحوادث',
    noIncidents: (component) => sentence`لم يؤثر أي حادث على ${component} حتى الآن.`,
    older: (amount) =>
      plural(amount, {
        zero: 'لا حوادث أقدم في السجل',
        one: 'حادث أقدم واحد في السجل',
        two: 'حادثان أقدم في السجل',
        few: '# حوادث أقدم في السجل',
        many: '# حادثًا أقدم في السجل',
        other: '# حادث أقدم في السجل',
      }),
    follow: (component) => sentence`متابعة ${component}`,
    feed: 'يحتوي {link} على عنصر لكل تحديث عن هذا المكون.',
    feedLink: 'موجز RSS',
  },

  history: {
    title: 'السجل',
    description: (site) => sentence`جميع الحوادث لدى ${site} حسب الشهر`,
    empty: 'لم يُسجَّل أي شيء حتى الآن. ستُدرج الحوادث وأعمال الصيانة هنا حسب الشهر.',
    years: 'السنوات',
    months: 'الأشهر',
    allMonths: 'جميع الأشهر',
    earlier: (month) => `→ ${month}`,
    later: (month) => `${month} ←`,
    monthDescription: (site, month, summary) => sentence`الحوادث لدى ${site} في ${month}: ${summary}`,
    monthSummary: (amount, maintenances) =>
      joined(
        amount > 0 ? incidents(amount) : null,
        maintenances > 0
          ? plural(maintenances, {
              one: 'نافذة صيانة واحدة',
              two: 'نافذتا صيانة',
              few: '# نوافذ صيانة',
              many: '# نافذة صيانة',
              other: '# نافذة صيانة',
            })
          : null,
      ) || 'لا حوادث',
  },

  postmortems: {
    title: 'تقارير ما بعد الحوادث',
    description: (site) => sentence`ما حدث لدى ${site}، وما تعلمناه، وما وعدنا به`,
    intro: 'ما حدث، وما تعلمناه، وما وعدنا به.',
    sections: 'في هذه الصفحة',
    all: 'جميع التقارير',
    none: 'لا توجد تقارير بعد. بعد كل حادث خطير، نشرح هنا ما حدث ليتعلم منه الجميع.',
    nonePublished: (within) =>
      `لم تُنشر أي تقارير بعد.${within === null ? '' : ` مهلة النشر بعد انتهاء الحادث: ${within}.`}`,
    lessons: 'الدروس المستفادة',
    actions: 'ما وعدنا به',
    byComponent: 'حسب المكون',
    noComponent: 'لم يُحدَّد مكون',
    byCause: 'حسب السبب',
    noCause: 'غير محدد',
    actionsInTime: (amount) => `أُنجز في الموعد: ${number(amount)}`,
    actionsLate: (amount) => `أُنجز متأخرًا: ${number(amount)}`,
    actionsOpen: (amount) => `قيد الإنجاز: ${number(amount)}`,
    actionsOverdue: (amount) => `تجاوز الموعد: ${number(amount)}`,
    allDone: 'ما أنجزناه',
    doneSoFar: 'ما أنجزناه حتى الآن',
    start: 'من أين تبدأ',
    search: 'ابحث في العناوين والدروس',
    nothingFound: 'لا توجد تقارير مطابقة.',
  },

  postmortem: {
    remedy: 'كيف عوّضنا عن ذلك:',
    cause: 'السبب:',
    incident: 'الحادث كما أُعلن عنه حينها: {link}، {time}',
    incidentWithDuration: 'الحادث كما أُعلن عنه حينها: {link}، {time}، {duration}',
    lessons: 'الدروس المستفادة',
    actions: 'ما وعدنا به',
    updates: 'ما أخبرنا به العملاء',
    authors: isolatedList,
    anchor: (heading) => sentence`رابط إلى «${heading}»`,
  },

  action: {
    done: 'منجز',
    open: 'قيد الإنجاز',
    overdue: 'تجاوز الموعد',
    due: 'الموعد النهائي {time}',
    doneOn: 'الموعد النهائي {time}، أُنجز في {done}',
    doneLate: 'الموعد النهائي {time}، أُنجز متأخرًا في {done}',
    from: 'من {link}',
  },

  responseTimes: {
    title: 'على مر السنوات',
    caption: 'وسيط الوقت حتى التحديث الأول وحتى الحل، وعدد الحوادث التي يستند إليها كل منهما',
    year: 'السنة',
    firstUpdate: 'التحديث الأول',
    resolved: 'الحل',
    promised: 'التحديثات الموعود بها',
    incidents: (amount, continued) => {
      if (continued === 0) return incidents(amount);
      return amount === 0
        ? `${incidents(continued)} من سنوات سابقة`
        : joined(
            incidents(amount),
            `إضافةً إلى ${plural(continued, { one: 'واحد', two: 'اثنين', other: '#' })} من سنوات سابقة`,
          );
    },
    soFar: 'حتى الآن',
    unknown: 'غير معروف',
    medianOf: (amount) => `من أصل ${number(amount)}`,
    promises: (kept, late) => `في الموعد:\u00a0${number(kept)}، متأخر:\u00a0${number(late)}`,
    noPromises: 'لا يوجد',
    plotFirstUpdate: 'الوقت حتى التحديث الأول، وسيط كل سنة',
    plotResolved: 'الوقت حتى الحل، وسيط كل سنة',
    countedIncidents: (all) =>
      `يُحتسب كل حادث في صفحة الحالة هذه ضمن السنة التي بدأ فيها: ${number(all)} في المجموع. الوسيط هو القيمة الوسطى: استغرق النصف وقتًا أقل، والنصف الآخر وقتًا أطول.`,
    countedFirstUpdate: (known, all) =>
      known === 0
        ? 'الوقت حتى التحديث الأول غير معروف، لأنه لا يذكر أي حادث متى بدأ تأثر العملاء.'
        : `يُحسب الوقت حتى التحديث الأول من لحظة بدء تأثر العملاء، وهي معروفة في ${number(known)} من أصل ${number(all)}.`,
    countedResolved: (amount) =>
      `يستند الوقت حتى الحل إلى الحوادث المحلولة ذات المدة المعروفة (العدد: ${number(amount)}). لا يُحتسب الوقت بين حل الحادث وإعادة فتحه.`,
    countedPromises:
      'يذكر كل تحديث موعد التحديث التالي. يُعد الوعد محققًا إذا نُشر ذلك التحديث قبل انتهاء الدقيقة المعلنة.',
    countedPromisesImported:
      'يذكر كل تحديث موعد التحديث التالي. يُعد الوعد محققًا إذا نُشر ذلك التحديث قبل انتهاء الدقيقة المعلنة. لم تتضمن الحوادث التي سبقت انتقالنا إلى هنا مثل هذه الوعود، ولذلك لا تُحتسب.',
    openCircle: 'تشير الدائرة المفرغة إلى سنة لم تنتهِ بعد.',
  },

  subscribe: {
    title: 'الاشتراك',
    description: (site) => sentence`كيف تتلقى كل تحديث من ${site} مرة واحدة فقط`,
    heading: 'تلقّي التحديثات',
    intro: 'يصلك كل تحديث مرة واحدة، بما في ذلك «تم الحل».',
    email: 'بالبريد الإلكتروني',
    emailText: '{link} في قائمتنا البريدية. كل تحديث رسالة واحدة، ويمكنك إلغاء الاشتراك في أي وقت.',
    emailLink: 'التسجيل',
    emailMessage: 'أرسل رسالة إلى {link}. ستتلقى ردًا لتأكيد عنوانك.',
    feedReader: 'في قارئ الموجزات',
    rss: {
      name: 'RSS',
      text: 'عنصر لكل تحديث عن حادث أو صيانة، بما في ذلك «تم الحل»، ولكل تقرير ما بعد الحادث.',
    },
    atom: { name: 'Atom', text: 'التحديثات نفسها بتنسيق Atom.' },
    jsonFeed: { name: 'JSON Feed', text: 'التحديثات نفسها بتنسيق JSON.' },
    slack: 'في Slack',
    slackCommand: 'أدخل هذا في القناة التي تريد أن تتلقى التحديثات:',
    narrower: 'اختر ما تتابعه',
    maintenance: { name: 'الصيانة', text: 'عنصر لكل تحديث عن صيانة مخطط لها.' },
    postmortems: { name: 'تقارير ما بعد الحوادث', text: 'عنصر لكل تقرير عما حدث وما تعلمناه.' },
    historyRss: {
      name: 'عنصر واحد لكل حادث (RSS)',
      text: 'يحتوي كل عنصر على جميع تحديثات حادثه ويتغير مع كل تحديث، كما في Statuspage. وهو مخصص لمن يستخدمون هذا العنوان بالفعل.',
    },
    historyAtom: { name: 'عنصر واحد لكل حادث (Atom)', text: 'المحتوى نفسه بتنسيق Atom.' },
    component: 'مكون واحد',
    componentText: 'تحديثات عن الحوادث وأعمال الصيانة التي تؤثر عليه:',
    calendar: 'في التقويم',
    calendarText: 'جميع نوافذ الصيانة. ينتقل الحدث عند تغيير موعد النافذة، ويُشار إليه بأنه ملغى عند إلغائها.',
    calendarAddress: '{link}، أو إضافة هذا العنوان إلى تقويمك:',
    calendarLink: 'الاشتراك',
    developers: 'للمطورين',
    developersText: 'واجهة JSON برمجية، وشارة، ولافتة لموقعك، ونص عادي: انظر {link}.',
  },

  copy: {
    copy: 'نسخ',
    copied: 'تم النسخ',
  },

  developers: {
    title: 'للمطورين',
    description: (site) => sentence`حالة ${site} في البرامج النصية وملفات README والمواقع الأخرى`,
    intro: 'استخدم الحالة الحالية في برامجك النصية وعلى موقعك.',
    api: 'API',
    apiText: 'الحالة الحالية بتنسيق واجهة Statuspage البرمجية: الحالة العامة، والمكونات، والحوادث المفتوحة، والصيانة.',
    webhooks: 'Webhooks',
    webhooksText:
      'لا حاجة إلى التسجيل. استعلم عن JSON Feed باستخدام ETag من طلبك الأخير: إذا لم يكن هناك جديد، تكون الإجابة 304 فارغة.',
    badge: 'شارة',
    embed: 'الحوادث المفتوحة على موقعك',
    embedLink: 'عرضها في صفحة مستقلة',
    frame: 'إطار يعرض الحالة الحالية والحوادث المفتوحة:',
    banner: 'لافتة لا تظهر إلا عند وجود مشكلة:',
    text: 'نص عادي',
    textText: 'كل حادث متاح أيضًا كنص عادي، للردود على العملاء. الأحدث:',
  },

  notFound: {
    title: 'الصفحة غير موجودة',
    description: 'لا توجد صفحة في هذا العنوان',
    heading: 'الصفحة غير موجودة',
    text: 'لا توجد صفحة في هذا العنوان. ربما نُقلت، أو ربما كُتب العنوان بشكل خاطئ.',
    status: 'الحالة الحالية',
    history: 'جميع الحوادث حسب الشهر',
  },

  badge: { site: withStatus },

  embed: {
    title: 'الحالة الحالية',
    description: (site) => sentence`حالة ${site} الحالية، لتضمينها في صفحات أخرى`,
    updated: '{status}، {time}',
  },

  compose: {
    title: 'نشر تحديث',
    description: (site) => sentence`نموذج لنشر تحديث عن ${site}`,
    heading: 'نشر تحديث',
    notStarted: 'يحتاج النموذج إلى JavaScript، وهو لا يعمل في هذا المتصفح. يمكنك نشر تحديث من دونه: انظر {link}.',
    notStartedLink: 'أدناه',
    intro: (repository) =>
      sentence`مخصص للفريق. يجهّز هذا النموذج ملفًا واحدًا ويفتحه في GitHub. لا يُرسل شيء من هنا: يبدأ النشر عندما تضغط على «Commit changes» في GitHub. يجب أن تكون مسجلًا الدخول إلى GitHub ولديك صلاحية الكتابة في ${repository}.`,
    incident: 'ما الموضوع؟',
    newIncident: 'حادث جديد',
    incidentHint: (time) =>
      sentence`الحوادث المفتوحة كما في ${time}. إذا كان أحدها مفقودًا، فأعد تحميل الصفحة بعد دقيقة.`,
    owing: 'تم حلها والتعويض لم يُنفّذ بعد',
    template: 'البدء من',
    noTemplate: 'رسالة فارغة',
    titleField: 'ماذا يلاحظ العملاء؟',
    titleExample: 'أخطاء في الدفع في أوروبا',
    titleHint: 'عنوان حادث جديد. في حادث مفتوح، املأه فقط لتغيير العنوان.',
    status: 'ما الحالة؟',
    sameStatus: (status) => `بلا تغيير: ${status}`,
    impact: 'ما مدى خطورته؟',
    impactOfComponents: 'بناءً على المكونات',
    sameImpactOfComponents: 'بلا تغيير: بناءً على المكونات',
    sameAs: (value) => `بلا تغيير: ${value}`,
    same: 'بلا تغيير',
    components: 'ما الذي تأثر؟',
    addComponent: 'إضافة مكون',
    notAffected: 'غير متأثر',
    customerData: 'هل بيانات العملاء آمنة؟',
    noVerdict: 'عدم التصريح بعد',
    nextUpdate: 'متى التحديث التالي؟',
    nextUpdateDefault: 'كالمعتاد',
    nextUpdateHint: (zone) =>
      sentence`وقت بتوقيتك (${zone}) مثل 10:30، أو مدة مثل 30m، أو none. اتركه فارغًا للموعد المعتاد.`,
    message: 'ماذا يجب أن يعرف العملاء؟',
    started: 'متى بدأ؟',
    startedHint: 'فقط لحادث جديد بدأ قبل الآن، بتوقيت هذا الجهاز.',
    ended: 'متى انتهى؟',
    endedHint: 'فقط مع «تم الحل»، إذا انتهى قبل الآن. كانت المكونات أعلاه متأثرة حتى ذلك الوقت.',
    more: 'الأوقات والتعويض',
    remedy: 'كيف ستعوّض عن ذلك؟',
    remedyExample: 'لن تُحتسب تكلفة الطلبات الفاشلة.',
    claim: 'كيف يطلبه العملاء؟',
    claimExample: 'اكتب إلى support@example.com مع رقم طلبك.',
    claimUntil: 'حتى متى يمكن طلبه؟',
    remedied: 'متى حصل عليه العملاء؟',
    remediedHint: 'اتركه فارغًا ما دام بعض العملاء ينتظرون. يبقى التعويض مفتوحًا حتى ذلك الحين.',
    lead: 'من يقود الاستجابة؟',
    comms: 'من يُطلع العملاء على المستجدات؟',
    problems: 'أصلح هذه المشكلات أولًا:',
    submit: 'المتابعة في GitHub',
    opened: 'يُفتح GitHub في علامة تبويب جديدة والملف مملوء. اضغط هناك على «Commit changes» لبدء النشر.',
    tooLong:
      'النص أطول من أن يتسع له رابط. {button} {copied} ثم استخدم الرابط أدناه لفتح GitHub، حيث يكون اسم الملف مملوءًا. الصق النص واضغط على «Commit changes».',
    copy: 'نسخ النص',
    copied: 'تم النسخ.',
    notCopied: 'لم يسمح متصفحك بالنسخ. نص الملف محدد أدناه: انسخه من هناك.',
    openGitHub: 'فتح GitHub لإنشاء الملف',
    preview: 'ما سيراه العملاء',
    noPreview: 'تظهر المعاينة عند اكتمال النموذج. اضغط على «المتابعة في GitHub» لمعرفة ما ينقص.',
    previewNextUpdate: (time) => sentence`التحديث التالي بحلول ${time}`,
    file: 'الملف',
    fileTime: (time) => sentence`يحتوي اسم الملف على الوقت الحالي: ${time}. يُحدَّث عندما تضغط على الزر.`,
    credential:
      'يبدو شيء هنا كبداية مفتاح أو رمز مميز أو كلمة مرور. إذا كان كذلك، فأزله: سيُرفض، ويحتفظ git بكل ما يُرفع إليه.',
    titleMissing: 'اكتب ما يلاحظه العملاء، مثل «أخطاء في الدفع في أوروبا».',
    messageMissing: 'اكتب ما يجب أن يعرفه العملاء.',
    nextUpdateWrong: (typed) => sentence`«${typed}» ليس وقتًا ولا مدة. أدخل وقتًا مثل 10:30، أو مدة مثل 30m، أو none.`,
    nextUpdateOver: 'بعد «تم الحل» لا يوجد تحديث تالٍ. اتركه فارغًا، أو اختر حالة أخرى.',
    yearWrong: 'يجب أن تكون السنة بين 2000 و2099.',
    impactMissing: 'اختر مدى الخطورة، أو أضف المكونات المتأثرة.',
    remediedLater: 'هذا اليوم في المستقبل. اتركه فارغًا حتى يحصل العملاء على التعويض.',
    problem: (message) => sentence`هذا الحقل: ${message}`,
    clock: (device, known) =>
      sentence`تشير ساعة هذا الجهاز إلى ${device}، لكن هذه الصفحة تتضمن بيانات أحدث (${known}). اضبط الساعة وأعد تحميل الصفحة.`,
    alreadyOpen: (title) =>
      sentence`«${title}» مفتوح بالفعل. لتحديثه، حدده هنا. إذا كان هذا حادثًا مختلفًا، فغيّر العنوان.`,
    underReview: `يذكر الحادث أن بيانات العملاء قيد المراجعة، وسيظل يذكر ذلك. اختر نتيجة المراجعة أو «${customerData.under_review}».`,
    verdictMissing: `قبل إعلان حل حادث ذي تأثير كبير أو بالغ، حدّد ما إذا كانت بيانات العملاء آمنة. إذا كنت لا تعرف ذلك بعد، فاختر «${customerData.under_review}».`,
    edit: {
      heading: 'تصحيح خطأ كتابي',
      intro: 'صحّح نص تحديث منشور. تعرض الصفحة وقت تعديله. إذا كانت هناك أخبار، فانشر تحديثًا بدلًا من ذلك.',
      update: 'أي تحديث؟',
      label: (title, status, time) => sentence`${time} · ${status} · ${title}`,
      text: 'النص المصحح',
      private:
        'يحتوي هذا الملف على ملاحظات لا يراها سوى فريقك، لذلك صحّحه في GitHub. الصق السطر المنسوخ أسفل «status:»، مكان سطر «edited:» إن وُجد.',
      submit: 'النسخ وفتح GitHub',
      blank: 'اكتب النص المصحح.',
      unchanged: 'النص لم يتغير. صحّحه أولًا.',
      copied: 'تم نسخ الملف المصحح. في GitHub، حدد الكل والصق واضغط على «Commit changes».',
      copiedLine: 'تم نسخ السطر. في GitHub، الصقه وصحّح النص واضغط على «Commit changes».',
      notCopied: 'لم يسمح متصفحك بالنسخ. انسخ هذا والصقه في GitHub:',
      open: 'فتح GitHub لتعديل الملف',
    },
    manual: 'بدون النموذج',
    manualText:
      'التحديث ملف صغير واحد. تفتح هذه الروابط صفحة GitHub لإنشائه. استبدل YYYY-MM-DDTHHMM بالوقت بالتوقيت العالمي UTC، مثل 2026-11-22T1405، واكتب نصك أسفل السطر الثاني من الشرطات:',
    manualUpdate: (title) => sentence`تحديث: ${title}`,
    manualIncident: 'حادث جديد',
    manualTitle: '{{ما يلاحظه العملاء}}',
    manualBody: '{{ما يجب أن يعرفه العملاء}}',
    manualExample: 'نعرف السبب: انتهت صلاحية شهادة. نعمل على تجديدها.',
    manualCheck:
      'الحالة هي investigating أو identified أو monitoring أو resolved. تُعرض الأخطاء عند commit ولا تظهر للعملاء أبدًا.',
  },

  postmortemDraft: {
    summary: (title, lasted, first, last) => {
      const when = first === last ? `في ${first}` : `بين ${first} و${last}`;
      return lasted === null ? `الحادث «${title}»، ${when}.` : `الحادث «${title}»، ${when}. المدة: ${lasted}.`;
    },
    customerData: {
      label: 'بيانات العملاء',
      unaffected: 'غير متأثرة',
      under_review: 'لا تزال قيد المراجعة',
      affected: 'متأثرة',
    },
    moment: (date, clock) => `${date}، ${clock}`,
    fact: (label, value) => `**${label}:** ${value}`,
    update: (time, status) => `**${time}، ${status}:**`,
    checkIn: 'تنسيق داخل الفريق',
    live: (time) => `الظهور على الصفحة: ${time}`,
    affected: (components) => components.map(([name, status]) => `${name} (${status})`).join('، '),
    duration: 'المدة',
    lasted: (lasted, range) => `${lasted}، ${range}`,
    noDuration: 'متى بدأ، ومتى انتهى؟',
    range: (from, to) => `من ${from} إلى ${to}`,
    lastedAndReopened: (lasted, times) => `${lasted}؛ عدد مرات إعادة الفتح: ${number(times)}`,
    firstUpdate: 'الوقت حتى أول تحديث للعملاء',
    noFirstUpdate: 'متى بدأ تأثر العملاء، وكم استغرقنا حتى أخبرناهم؟',
    silence: 'أطول صمت بين تحديثين',
    components: 'المكونات',
    noComponents: 'لم يُحدَّد أي منها',
    remedy: 'التعويض',
    noRemedy: 'لم يوعد بأي تعويض',
    times: 'الأوقات',
    timeZone: (zone) => `بتوقيت ${zone}`,
    lesson: 'ما تعلمناه، في جملة واحدة',
    action: 'التدرب على التراجع عن الإصدار',
    owner: 'دانة',
    sections: {
      happened: ['ما حدث', 'ما الذي تعطل، بكلمات يفهمها العملاء، ولماذا تعطل في تلك اللحظة؟'],
      affected: ['من تأثر، وكيف', 'كم عدد العملاء المتأثرين، وأثناء ماذا، ومنذ متى؟ ماذا خسروا؟ ومن لم يتأثر؟'],
      timeline: ['ما فعلناه، ومتى', 'ماذا فعلنا بين هذه التحديثات، ومن اتخذ القرارات، وما الذي جربناه ولم ينفع؟'],
      noticed: [
        'كيف لاحظنا ذلك',
        'من أو ما الذي لاحظ أولًا، وبعد كم من الوقت من البداية؟ ما الذي كان يجب أن ينبهنا أبكر؟',
      ],
      rollback: [
        'ما الذي أتاح لنا الرجوع، أو لماذا لم نستطع',
        'ما طرق الرجوع التي كانت لدينا، وكم استغرقت، وما الذي عطّلنا؟',
      ],
      changed: ['ما غيّرناه', 'ما الذي غيّرناه بالفعل حتى لا يتكرر هذا بالطريقة نفسها؟'],
      promised: [
        'ما نعد به',
        'ما الذي سيُنجز، ومن سينجزه، ومتى؟ أدرجه أيضًا تحت actions أعلاه. ماذا يحصل عليه العملاء الذين خسروا شيئًا؟',
      ],
      learned: [
        'ما تعلمناه',
        'ما الذي اعتقدناه وتبيّن أنه خطأ؟ ما الذي قد يفيد فريقًا آخر؟ أدرجه أيضًا تحت lessons أعلاه.',
      ],
    },
  },

  templates: {
    investigating: {
      label: 'هناك مشكلة، ونحن نحقق فيها',
      body: [
        'منذ حوالي {{time}}، {{ما لا يعمل، ولمن}}. {{ما الذي لا يزال يعمل، أو ما البديل}}',
        'نحن نحقق في الأمر، ونتحقق أولًا مما إذا كانت بيانات العملاء متأثرة.',
      ],
    },
    identified: {
      label: 'نعرف السبب',
      body: [
        'نعرف السبب: {{جملة واحدة بكلمات بسيطة}}.',
        'ما نقوم به الآن: {{ما يجري تنفيذه}}. نتوقع {{ما سيتغير للعملاء، ومتى}}، وسنعلن هنا إذا تغير ذلك.',
      ],
    },
    'no-news': {
      label: 'لا جديد، لكن موعد التحديث حان',
      body: [
        'لم يتغير شيء منذ التحديث الأخير. لا يزال معطلًا: {{ما لا يعمل}}. لا يزال يعمل: {{ما يعمل}}.',
        'ما نقوم به الآن: {{ما تجري تجربته}}.',
      ],
    },
    provider: {
      label: 'لدى أحد مزودينا انقطاع',
      body: [
        '{{ما لا يعمل}} بسبب انقطاع لدى {{المزود}} الذي نستخدمه من أجل {{ماذا}}: {{عنوان صفحة حالته}}',
        '{{ما نفعله في هذه الأثناء}}. {{ما يمكن للعملاء فعله حتى ذلك الحين}}',
      ],
    },
    'closed-to-protect-data': {
      label: 'أغلقناه لحماية بيانات العملاء',
      body: [
        'عند {{time}} أغلقنا {{ماذا}} عمدًا للحفاظ على أمان بيانات العملاء. {{السبب: ما نعرفه وما لا نعرفه بعد}}',
        '{{ما يستمر في العمل}} {{ما يحدث للطلبات المقدمة بالفعل}}',
        'أولوياتنا بالترتيب: الحفاظ على أمان بيانات العملاء، ثم إخبارك بما نعرفه، ثم استعادة الخدمة.',
      ],
    },
    'customer-data-safe': {
      label: 'بيانات العملاء آمنة، والإصلاح مستمر',
      body: [
        'بيانات العملاء آمنة. لقد فحصنا {{أي أنظمة، وأي سجلات، ومن متى إلى متى}}، ولم يطّلع أحد على بيانات لا تخصه ولم يغيّرها، ولم يفقد أحد بياناته.',
        'ما زلنا نعمل على إصلاح ما يلي: {{ما لا يعمل}}.',
      ],
    },
    monitoring: {
      label: 'عاد إلى العمل، ونحن نراقبه',
      body: [
        'يعمل من جديد منذ {{time}}: {{ما كان معطلًا}}. {{ما تم فعله}}',
        'نراقب {{ماذا تحديدًا}} حتى {{متى}} قبل أن نعلن حل المشكلة.',
      ],
    },
    reopened: {
      label: 'أغلقناه قبل الأوان',
      body: [
        'أعلنا قبل الأوان أن المشكلة انتهت. منذ {{time}}، {{ما تعطل مجددًا، ولمن}}.',
        'أعدنا فتح الحادث ونبحث {{ما المختلف هذه المرة}}.',
      ],
    },
    resolved: {
      label: 'انتهى الأمر',
      body: [
        'يعمل دون أعطال منذ {{كم من الوقت}}: {{ما كان معطلًا}}. من {{متى}} إلى {{متى}} شمل التأثير {{كم عدد العملاء أو الطلبات أو المدفوعات}}: {{بأي شكل}}.',
        '{{ما يحدث لمن خسروا شيئًا، أو: لا يلزمك فعل أي شيء}}',
        '{{ما غيّرناه بالفعل}} سيُنشر هنا تقرير مفصل.',
      ],
    },
    scheduled: {
      label: 'صيانة مجدولة',
      body: [
        'الأعمال المخطط لها: {{ما سيُنفذ، ولماذا}}. خلال هذا الوقت، {{ما لن يعمل، وإلى متى}}؛ {{ما يستمر في العمل}}.',
        '{{ما ينبغي للعملاء فعله قبل ذلك، أو: لا يلزمك فعل أي شيء}}',
      ],
    },
    'maintenance-longer': {
      label: 'تستغرق الصيانة وقتًا أطول',
      body: [
        'يستغرق العمل وقتًا أطول من المخطط بسبب {{السبب}}. {{ما لا يعمل حتى ذلك الحين}}',
        'نتوقع الآن الانتهاء بحلول {{متى}}.',
      ],
    },
    'maintenance-done': {
      label: 'اكتملت الصيانة',
      body: ['اكتمل العمل، وكل شيء يعمل. {{ما تغير للعملاء الآن}}'],
    },
  },

  feeds: {
    updates: {
      title: withStatus,
      description: (site) => sentence`كل تحديث لحالة ${site}، مرة واحدة`,
    },
    maintenance: {
      title: (site) => `${withStatus(site)}: الصيانة`,
      description: (site) => sentence`كل تحديث عن الصيانة المخطط لها لدى ${site}، مرة واحدة`,
    },
    component: {
      title: (site, component) => sentence`${withStatus(site)}: ${component}`,
      description: (site, component) => sentence`كل تحديث لحالة ${site} يخص ${component}، مرة واحدة`,
    },
    history: {
      title: (site) => `${withStatus(site)} - سجل الحوادث`,
      description: (site) => sentence`كل حادث لدى ${site}، مع جميع تحديثاته`,
    },
    postmortems: {
      title: (site) => sentence`تقارير ما بعد الحوادث لدى ${site}`,
      description: (site) => sentence`ما حدث لدى ${site}، وما تعلمناه`,
    },
    announcement: 'إعلان',
    postmortem: 'تقرير ما بعد الحادث',
    readPostmortem: 'قراءة تقرير ما بعد الحادث',
    time: (year, month, day, clock) => `${day}/${month}/${year}، ${clock} UTC`,
    shortTime: (month, day, clock) => `${day}/${month}، ${clock} UTC`,
    itemTitle: (status, name, time) => sentence`${status}: ${name} (${time})`,
    maintenanceStatus: (status) => `صيانة (${status})`,
    customerData: (verdict) => `${customerData[verdict]}.`,
    window: (from, to) => sentence`من ${from} إلى ${to}.`,
    ended: (time) => sentence`الانتهاء: ${time}.`,
    edited: (time) => sentence`عُدّل في ${time}.`,
    inBrowser: 'هذا موجز. انسخ عنوانه إلى قارئ الموجزات لديك لتصلك كل التحديثات الجديدة.',
  },

  calendar: {
    name: (site) => sentence`صيانة ${site}`,
    event: (site, title) => sentence`${site}: ${title}`,
    cancelledEvent: (site, title) => sentence`ملغاة: ${site}: ${title}`,
  },

  text: {
    status: (status, impact) => `${status} · ${impact}`,
    began: (time) => sentence`البداية: ${time}`,
    resolved: (time) => sentence`الحل: ${time}`,
    nextUpdate: (time) => sentence`التحديث التالي في موعد أقصاه: ${time}`,
    component: (name, status) => sentence`${name}: ${status}`,
    remedy: (remedy) => sentence`كيف نعوّض عن ذلك: ${remedy}`,
    maintenance: (status) => `صيانة · ${status}`,
    from: (time) => sentence`البداية: ${time}`,
    until: (time) => sentence`النهاية: ${time}`,
    update: (status, time) => sentence`${status}، ${time}`,
    editedUpdate: (status, time, edited) => sentence`${status}، ${time} (عُدّل في ${edited})`,
  },

  notice: {
    maintenanceStatus: (status) => `صيانة (${status})`,
    heading: (status, title) => sentence`${status}: ${title}`,
    summary: (site, heading) => sentence`${site}: ${heading}`,
    subject: (site, heading) => sentence`[${site}] ${heading}`,
    link: withStatus,
    emailLink: (site, address) => `${withStatus(site)}: ${address}`,
  },
} satisfies Words;
