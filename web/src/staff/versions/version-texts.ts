// SPDX-License-Identifier: Apache-2.0
// The words for what is saved as versions: content pages and settings.

export const versionsZh = {
  save: '保存为新版本',
  saved: '已保存为第 {version} 版。',
  changed: '有人刚刚保存了更新的版本，您的修改没有保存。请先复制自己的文字，再打开最新版本。',
  reload: '打开最新版本',
  history: '版本记录',
  versionName: '第 {version} 版',
  readOnly: '您可以查看，不能修改。',
};

export const versionsEn: typeof versionsZh = {
  save: 'Save as a new version',
  saved: 'Saved as version {version}.',
  changed:
    'Somebody has just saved a newer version, and yours was not saved. Copy your text first, then open the newest version.',
  reload: 'Open the newest version',
  history: 'Versions',
  versionName: 'Version {version}',
  readOnly: 'You can read this, but not change it.',
};
