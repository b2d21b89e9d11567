; The installer for Windows: for one user, without administrator rights.
;
; It puts the program in %LOCALAPPDATA%\Programs\PerpuDesk and nothing anywhere else but the
; shortcuts and the uninstall entry. The records are in %LOCALAPPDATA%\PerpuDesk: neither installing,
; updating nor uninstalling touches them.

Unicode true
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PerpuDesk"
RequestExecutionLevel user
SetCompressor /SOLID lzma
Name "PerpuDesk ${VERSION}"
OutFile "${MADE}"
InstallDir "$LOCALAPPDATA\Programs\PerpuDesk"
InstallDirRegKey HKCU "${ENTRY}" "InstallLocation"
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "PerpuDesk"
VIAddVersionKey FileDescription "PerpuDesk ${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey CompanyName "PerpuDesk"
VIAddVersionKey LegalCopyright "MIT licence"

!include MUI2.nsh
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\PerpuDesk.exe"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"
!insertmacro MUI_LANGUAGE "English"

LangString RUNNING ${LANG_INDONESIAN} "PerpuDesk masih terbuka. Tutup semua jendelanya, lalu coba lagi."
LangString RUNNING ${LANG_ENGLISH} "PerpuDesk is still open. Close all its windows, then try again."
LangString STRANGE ${LANG_INDONESIAN} "Folder $INSTDIR berisi berkas lain. Pilih folder kosong, atau folder PerpuDesk yang lama."
LangString STRANGE ${LANG_ENGLISH} "The folder $INSTDIR holds other files. Choose an empty one, or that of an older PerpuDesk."
LangString KEPT ${LANG_INDONESIAN} "Program dihapus. Data perpustakaan tetap ada di $LOCALAPPDATA\PerpuDesk."
LangString KEPT ${LANG_ENGLISH} "The program was removed. The library's records are still in $LOCALAPPDATA\PerpuDesk."

; A program that runs cannot be opened for writing: then nothing is touched.
!macro REFUSE_RUNNING FILE
  !define ID ${__LINE__}
  IfFileExists "${FILE}" 0 quiet_${ID}
  ClearErrors
  FileOpen $0 "${FILE}" a
  IfErrors running_${ID}
  FileClose $0
  Goto quiet_${ID}
running_${ID}:
  SetErrorLevel 1
  MessageBox MB_OK|MB_ICONSTOP "$(RUNNING)" /SD IDOK
  Abort
quiet_${ID}:
  !undef ID
!macroend

; The program's folder is moved aside whole before the new one is written, and back if that fails.
Section
  !insertmacro REFUSE_RUNNING "$INSTDIR\PerpuDesk.exe"
  !insertmacro REFUSE_RUNNING "$INSTDIR\perpudesk-cli.exe"
  IfFileExists "$INSTDIR\PerpuDesk.exe" known
  IfFileExists "$INSTDIR\*.*" 0 free
  Push $INSTDIR
  Call IsEmpty
  Pop $0
  StrCmp $0 "yes" free
  SetErrorLevel 1
  MessageBox MB_OK|MB_ICONSTOP "$(STRANGE)" /SD IDOK
  Abort
known:
  RMDir /r "$INSTDIR.old"
  ClearErrors
  Rename "$INSTDIR" "$INSTDIR.old"
  IfErrors 0 free
  SetErrorLevel 1
  MessageBox MB_OK|MB_ICONSTOP "$(RUNNING)" /SD IDOK
  Abort
free:
  ClearErrors
  SetOutPath "$INSTDIR"
  File /r "${FILES}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  IfErrors 0 written
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR"
  Rename "$INSTDIR.old" "$INSTDIR"
  SetErrorLevel 1
  Abort
written:
  ; The set-up file that somebody put beside the program stays beside it.
  IfFileExists "$INSTDIR.old\perpudesk.toml" 0 alone
  CopyFiles /SILENT "$INSTDIR.old\perpudesk.toml" "$INSTDIR\perpudesk.toml"
alone:
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.old"
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\PerpuDesk.lnk" "$INSTDIR\PerpuDesk.exe"
  CreateShortcut "$DESKTOP\PerpuDesk.lnk" "$INSTDIR\PerpuDesk.exe"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "PerpuDesk"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\PerpuDesk.exe"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "PerpuDesk"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
SectionEnd

; "yes" where the folder on the stack holds nothing.
Function IsEmpty
  Exch $0
  Push $1
  Push $2
  FindFirst $1 $2 "$0\*.*"
  StrCpy $0 "yes"
next:
  StrCmp $2 "" done
  StrCmp $2 "." further
  StrCmp $2 ".." further
  StrCpy $0 "no"
  Goto done
further:
  FindNext $1 $2
  Goto next
done:
  FindClose $1
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

Section Uninstall
  !insertmacro REFUSE_RUNNING "$INSTDIR\PerpuDesk.exe"
  !insertmacro REFUSE_RUNNING "$INSTDIR\perpudesk-cli.exe"
  SetOutPath "$TEMP"
  ; Only a folder that holds the program is removed, whatever somebody typed as the folder.
  IfFileExists "$INSTDIR\_internal\base_library.zip" 0 gone
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\PerpuDesk.exe"
  Delete "$INSTDIR\perpudesk-cli.exe"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
gone:
  Delete "$SMPROGRAMS\PerpuDesk.lnk"
  Delete "$DESKTOP\PerpuDesk.lnk"
  DeleteRegKey HKCU "${ENTRY}"
  MessageBox MB_OK|MB_ICONINFORMATION "$(KEPT)" /SD IDOK
SectionEnd
