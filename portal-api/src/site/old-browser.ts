// SPDX-License-Identifier: Apache-2.0
// Browsers that cannot run the pages, such as 360 in its compatibility mode: the engine of Internet Explorer knows no modules
// of scripts. It gets words in plain HTML, without a script and without a style.

export const isOldBrowser = (userAgent = ''): boolean => /\b(MSIE |Trident\/)/.test(userAgent);

export const OLD_BROWSER_PAGE = `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>请切换极速模式</title>
</head>
<body>
<h1>请切换极速模式</h1>
<p>您的浏览器正在使用兼容模式，本站的页面无法显示。</p>
<ol>
<li>360 浏览器：点击地址栏右侧的“e”形图标，选择“极速模式”，页面会重新载入。</li>
<li>Internet Explorer：请改用谷歌浏览器、Edge 或 360 浏览器的极速模式。</li>
</ol>
<p lang="en">Your browser is in compatibility mode and cannot show this site. In 360 Browser, click the “e” icon in the address bar and choose speed mode; instead of Internet Explorer, use Chrome or Edge.</p>
</body>
</html>
`;
