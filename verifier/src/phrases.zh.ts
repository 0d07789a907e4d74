// What findings say in plain English (`expected`, `found`, `detail`), in Chinese. `$1` that is a phrase itself is put into Chinese too.

type Phrase = readonly [english: string | RegExp, chinese: string];

const VALUES: readonly Phrase[] = [
  ['none', '无'],
  ['no such block', '没有该区块'],
  [/^(\d+) bytes$/, '$1 字节'],
  [/^(\d+) s after 1970$/, '1970 年后 $1 秒'],
  [/^(\d+) or later$/, '$1 或更晚'],
  [/^block (\d+) or later$/, '区块 $1 或更晚'],
  [/^block (\d+) of (.+)$/, '区块 $1，$2'],
  [/^below block (\d+)$/, '早于区块 $1'],
  [/^block (\d+)$/, '区块 $1'],
  [/^below (\d+)$/, '小于 $1'],
  [/^at most (\d+)$/, '不大于 $1'],
  [/^at most (\d+) bytes$/, '至多 $1 字节'],
  [/^at most (\d+) s after (.+)$/, '$2 之后 $1 秒以内'],
  [/^at most (\d{4}-.+|\d+ s after 1970)$/, '不晚于 $1'],
  [/^next number at most (\d+)$/, '下一编号不大于 $1'],
  [/^batch (\d+): (\d+) numbers from (\d+), anchored at (.+)$/, '批次 $1：自 $3 起共 $2 个编号，锚定于 $4'],
  [/^(0x\w+) on chain (\d+)$/, '链 $2 上的 $1'],
  [/^(0x\w+) or (0x\w+)$/, '$1 或 $2'],
  ['rising times', '先后相符的时间'],
  ['not revoked', '未被撤销'],
  [/^not revoked, at most (\d+) s ago$/, '未被撤销，且不早于 $1 秒前'],
  [/^not revoked at block (\d+)$/, '在区块 $1 未被撤销'],
  [/^revoked at (.+): (.+)$/, '$1 撤销，原因：$2'],
  [/^a status of (.+) or later$/, '$1 或更晚的状态'],
  [/^reason (\d+)$/, '第 $1 号'],
  ['holder-request', '持有人申请'],
  ['facts-untrue', '申请事实不实'],
  ['unlawful-content', '内容违法'],
  ['duplicate', '重复存证'],
  ['court-order', '法院裁判'],
  ['issued-in-error', '签发有误'],
  ['key-compromise', '密钥泄露'],
  ['the section files', '分项 files'],
  ['the digest in SHA256SUMS', 'SHA256SUMS 所列摘要'],
  ['the proof of this package', '本证据包的证明'],
  [/^the proof of number (\d+)$/, '编号 $1 的证明'],
  ['no proof', '没有证明'],
  ['another kind of proof', '另一种证明'],
];

const CHAIN: readonly Phrase[] = [
  [/^a validator set for block (\d+)$/, '区块 $1 的验证者'],
  [/^at least (\d+) of (\d+) validators$/, '至少 $1 位验证者（共 $2 位）'],
  ['an empty list', '空列表'],
  [/^at most (\d+) seals$/, '至多 $1 个签章'],
  [/^(\d+) seals$/, '$1 个签章'],
  ['a seal of a trusted validator', '受信任验证者的签章'],
  ['each validator once', '每位验证者一次'],
  [/^(0x\w+) twice$/, '$1 两次'],
  ['65 bytes ending in 0 or 1', '以 0 或 1 结尾的 65 字节'],
  ['another form', '其他形式'],
  ['a signature on this header', '对该区块头的签名'],
  ['a signature on nothing', '不成立的签名'],
  ['a block header', '区块头'],
  ['an account', '账户'],
  ['a slot value', '存储槽的值'],
  ['another value', '其他内容'],
  [/^canonical RLP \((.+)\)$/, '规范的 RLP（$1）'],
  ['not 15 to 32 items', '不是 15 至 32 项'],
  ['a list among the first 15 items', '前 15 项中有列表'],
  ['extraData is not a list of five', 'extraData 不是五项的列表'],
  ['extraData has a string for a list', 'extraData 中应为列表之处是字节串'],
  ['extraData has a vote of another form', 'extraData 中投票的形式不对'],
  ['not a string of that size', '字节串的长度不对'],
  ['bytes left over', '有多余的字节'],
  ['not a minimal integer', '不是最短形式的整数'],
  ['cut short', '内容不完整'],
  ['a single byte in a longer form', '单个字节用了较长的形式'],
  ['too deep', '嵌套过深'],
  ['a length with a leading zero', '长度以零开头'],
  ['a short length in the long form', '较短的长度用了较长的形式'],
  ['canonical trie nodes', '规范的树节点'],
  ['only the nodes of the path', '仅有路径上的节点'],
  ['more nodes', '更多节点'],
  [/^a node with hash (0x\w+)$/, '哈希为 $1 的节点'],
  ['the end of the proof', '证明已到末尾'],
  ['a child of 32 bytes', '32 字节的子节点'],
  ['an inline child below 32 bytes', '小于 32 字节的内嵌子节点'],
  ['a longer one', '更长的子节点'],
  ['a branch, an extension or a leaf', '分支、扩展或叶节点'],
  ['another node', '其他节点'],
  ['a leaf at the end of the path', '路径末端的叶节点'],
  ['a branch', '分支节点'],
  ['a leaf with a value', '有值的叶节点'],
  ['a list', '列表'],
  ['an extension with a path', '有路径的扩展节点'],
  ['a path', '路径'],
  ['a hex-prefixed path', '带前缀的路径'],
];

const FORMS: readonly Phrase[] = [
  ['not UTF-8', '不是 UTF-8 文本'],
  [/^nested deeper than (\d+)$/, '嵌套超过 $1 层'],
  ['member names that do not rise', '成员名没有按次序排列'],
  ['a lone surrogate', '有不成对的代理字符'],
  ['a needless escape', '有不必要的转义'],
  ['white space', '有多余的空白'],
  [/^not JSON at character (\d+)$/, '从第 $1 个字符起不是 JSON'],
  [/^not (application\/\S+)$/, '媒体类型不是 $1'],
  ['sections without their manifest', '有分项而没有存证清单'],
  ["sections out of the manifest's order", '分项的次序与存证清单不同'],
  [/^network (\d+) must be sealed by keys that seal no other network$/, '网络 $1 与另一网络共用验证者的密钥'],
  [/^(\S+) must be absent$/, '$1 不应出现'],
  [/^(\S+) must be present$/, '缺少 $1'],
  [/^(\S+) must be all different$/, '$1 中有重复项'],
  [/^(\S+) must be in rising order of fromBlock$/, '$1 没有按 fromBlock 递增排列'],
  [/^(\S+) must be qbft with validator sets or none without$/, '$1 的共识方式与验证者列表不相配'],
  [/^(\S+) must be (.+)$/, '$1 应为$2'],
  ['an object', '对象'],
  [/^a list of (\d+) to (\d+)$/, '有 $1 至 $2 项的列表'],
  [/^one of (.+)$/, '下列之一：$1'],
  [/^a string of (\d+) to (\d+)$/, '长度为 $1 至 $2 的字符串'],
  [/^an integer from (\d+) to (\d+)$/, ' $1 至 $2 的整数'],
  [/^(\d+) lower-case hex digits$/, ' $1 位小写十六进制数字'],
  [/^0x and (\d+) lower-case hex digits$/, ' 0x 和 $1 位小写十六进制数字'],
  ['0x and lower-case hex digits of whole bytes', ' 0x 和偶数位小写十六进制数字'],
  ['a decimal string', '十进制数字串'],
  ['at most 2^64 − 1', '不大于 2^64 − 1 的数'],
  ['at least 1', '至少为 1 的数'],
  ['a UTC time with milliseconds', '精确到毫秒的 UTC 时间'],
  ['a real instant from 1970 on', ' 1970 年以后真实存在的时刻'],
  ['canonical base64', '规范的 base64 文本'],
  ['a section name', '分项名称'],
  ['a PEM certificate', ' PEM 证书'],
];

const PHRASES = [...VALUES, ...CHAIN, ...FORMS];

/** A phrase of a finding in Chinese; undefined where it holds nothing to translate, or is not one of ours. */
export function chinesePhrase(text: string): string | undefined {
  for (const [english, chinese] of PHRASES) {
    if (typeof english === 'string') {
      if (english === text) return chinese;
      continue;
    }
    const match = english.exec(text);
    if (match) return chinese.replace(/\$(\d)/g, (_, place) => partOf(match[Number(place)] ?? ''));
  }
  return undefined;
}

const partOf = (text: string): string => chinesePhrase(text) ?? text;
