import DOMPurify from "dompurify";

/** Elements that carry text, tables and pictures. `style` is handled apart and never passes here. */
const TAGS = [
  ..."a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code".split(" "),
  ..."col colgroup dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4".split(" "),
  ..."h5 h6 header hr i img ins kbd li main mark ol p pre q rp rt ruby s samp section small span".split(" "),
  ..."strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split(" "),
];

/** `background` stays only until the walk over the elements turns it into filtered CSS. */
const ATTRIBUTES = [
  ..."align alt background bgcolor border cellpadding cellspacing class color cols colspan dir face".split(
    " ",
  ),
  ..."headers height href hspace id lang noshade nowrap open reversed rowspan rules scope size span".split(
    " ",
  ),
  ..."src start style summary title type valign value vspace width".split(" "),
];

/** Elements whose text is not meant to be read, so it goes with them. */
const DROPPED_WITH_TEXT = [
  ..."applet audio button canvas datalist embed frame frameset head iframe input math noembed".split(" "),
  ..."noframes noscript object option optgroup plaintext script select style svg template".split(" "),
  ..."textarea title video xml xmp".split(" "),
];

/**
 * Takes from a parsed body everything that is not on the lists. Of addresses only the scheme is looked at
 * here: the walk that follows replaces or removes each of them. The result belongs to an inert document.
 */
export function purify(body: HTMLElement): HTMLElement {
  const clean = DOMPurify.sanitize(body.innerHTML, {
    RETURN_DOM: true,
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    // Held against every attribute's value: a known scheme, or something that has none.
    ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel|cid):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
    FORBID_CONTENTS: DROPPED_WITH_TEXT,
    SANITIZE_DOM: true,
  });
  if (!(clean instanceof HTMLElement)) throw new Error("DOMPurify gave no body");
  return clean;
}
