import type { Person } from "../mail/message.ts";

/** A letter in another language, sent in the charset that its writer's program would choose. */
interface ForeignLetter {
  readonly from: Person;
  readonly charset: string;
  readonly rightToLeft?: boolean;
  readonly subject: string;
  readonly text: string;
}

export const FOREIGN_LETTERS: readonly ForeignLetter[] = [
  {
    from: { name: "Сергей Кузнецов", email: "s.kuznetsov@volga-pribor.example" },
    charset: "windows-1251",
    subject: "Срок поставки датчиков",
    text: "Добрый день!\n\nПодскажите, пожалуйста, когда ожидается поставка датчиков по нашему последнему заказу? Монтаж запланирован на следующую неделю.\n\nС уважением,\nСергей Кузнецов",
  },
  {
    from: { name: "Анна Соколова", email: "anna@sever-lab.example" },
    charset: "koi8-r",
    subject: "Протокол калибровки",
    text: "Здравствуйте!\n\nСпасибо за быстрый ответ. Протокол калибровки получили, всё в порядке. Оплату проведём до конца месяца.\n\nАнна Соколова",
  },
  {
    from: { name: "Κώστας Δημητρίου", email: "k.dimitriou@aegean-water.example" },
    charset: "iso-8859-7",
    subject: "Πρόσκληση για επίσκεψη",
    text: "Καλημέρα σας,\n\nθα χαρούμε να σας δούμε στις εγκαταστάσεις μας τον επόμενο μήνα. Παρακαλώ πείτε μας ποια ημέρα σας βολεύει.\n\nΜε εκτίμηση,\nΚώστας Δημητρίου",
  },
  {
    from: { name: "أحمد منصور", email: "a.mansour@gulf-desal.example" },
    charset: "windows-1256",
    rightToLeft: true,
    subject: "طلب عرض سعر",
    text: "السلام عليكم،\n\nنرجو إرسال عرض سعر لعشرين جهازا مع عقد صيانة لمدة سنتين.\n\nمع خالص التحية،\nأحمد منصور",
  },
  {
    from: { name: "דוד לוי", email: "david.levi@carmel-tech.example" },
    charset: "windows-1255",
    rightToLeft: true,
    subject: "שאלה לגבי הגרסה החדשה",
    text: "שלום,\n\nהאם הגרסה החדשה תומכת גם במכשירים מהדור הקודם? נשמח לתשובה השבוע.\n\nתודה,\nדוד לוי",
  },
  {
    from: { name: "山本 浩", email: "yamamoto@setouchi-keiki.example" },
    charset: "iso-2022-jp",
    subject: "お見積りの件",
    text: "いつもお世話になっております。\n\n先日お願いしたお見積りの件ですが、納期についても教えていただけますでしょうか。\n\nよろしくお願いいたします。\n山本",
  },
  {
    from: { name: "李华", email: "lihua@donghai-meter.example" },
    charset: "gb18030",
    subject: "关于样品测试的结果",
    text: "您好！\n\n样品已经收到，测试结果良好。我们希望下个月开始小批量订货，请告知最新价格。\n\n此致\n敬礼\n李华",
  },
  {
    from: { name: "박지훈", email: "jihoon.park@hansol-sensor.example" },
    charset: "euc-kr",
    subject: "회의 일정 문의",
    text: "안녕하세요.\n\n다음 주 회의 일정을 확인하고 싶습니다. 화요일 오후가 가능하신지요?\n\n감사합니다.\n박지훈 드림",
  },
  {
    from: { name: "Jörg Müller", email: "j.mueller@messtechnik-sued.example" },
    charset: "iso-8859-1",
    subject: "Rückfrage zur Lieferung",
    text: "Guten Tag,\n\nvielen Dank für die schnelle Lieferung. Leider fehlen in Karton 3 die Schlüssel für die Gehäuse. Können Sie diese bitte nachschicken?\n\nMit freundlichen Grüßen\nJörg Müller",
  },
  {
    from: { name: "Hélène Garçon", email: "h.garcon@eaux-du-rhone.example" },
    charset: "iso-8859-1",
    subject: "Réunion reportée à jeudi",
    text: "Bonjour,\n\nla réunion prévue mardi est reportée à jeudi, même heure. Pourriez-vous préparer les résultats des essais ?\n\nBien cordialement,\nHélène Garçon",
  },
];
