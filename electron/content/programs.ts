/**
 * Extensions that start a program, a script, an installer or a shortcut on one of our systems, or that
 * carry such a thing past its mark (disk images, web pages opened with local rights).
 */
const PROGRAMS = new Set(
  (
    "ade adp apk app appimage appinstaller application appref-ms appx appxbundle asp bas bat bin cab cer chm cmd cnt " +
    "com command cpl crt csh deb desktop diagcab dll dmg exe fxp gadget grp hlp hpj hta htc htm html img inf ins " +
    "ipa iso isp its jar jnlp js jse jsp ksh lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt " +
    "mdw mdz mht mhtml msc msh msh1 msh2 msi msix msixbundle msp mst msu ops osd out pcd pif pkg pl plg prf prg ps1 " +
    "ps1xml ps2 ps2xml psc1 psc2 pst py pyc pyo pyw pyz reg rpm run scf scpt scr sct service settingcontent-ms sh " +
    "shb shs slk svg sys terminal theme tmp tool url vb vbe vbp vbs vhd vhdx vsmacros vsw webpnp website wim workflow " +
    "ws wsb wsc wsf wsh xbap xhtml xll xml xnk xpi zsh"
  ).split(" "),
);

/** True when the system would run what is in the file rather than show it; judged by every extension it ends in. */
export function isProgram(fileName: string): boolean {
  const extension = /\.([^.]+)[.\s]*$/.exec(fileName.toLowerCase())?.[1];
  return extension !== undefined && PROGRAMS.has(extension.trim());
}
