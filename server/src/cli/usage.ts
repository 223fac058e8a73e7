import type { CommanderError } from 'commander';
import type { Text } from '../text.ts';

/** What commander found wrong with the arguments, as one sentence. */
export function usageSentence(error: CommanderError): Text {
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const suggestion = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(error.message)?.[1];
  const meant = (en: string): Text => ({
    en: suggestion === undefined ? en : `Did you mean ${suggestion}?`,
    'zh-cn': suggestion === undefined ? '`selvage --help` 会列出可用的内容。' : `是否想输入 ${suggestion}？`,
  });
  const advice = meant('`selvage --help` shows what there is.');
  switch (error.code) {
    case 'commander.unknownOption':
      return { en: `There is no option ${named}. ${advice.en}`, 'zh-cn': `没有选项 ${named}。${advice['zh-cn']}` };
    case 'commander.unknownCommand':
      return { en: `There is no command ${named}. ${advice.en}`, 'zh-cn': `没有命令 ${named}。${advice['zh-cn']}` };
    case 'commander.missingArgument':
      return { en: `The argument <${named}> is missing.`, 'zh-cn': `缺少参数 <${named}>。` };
    case 'commander.optionMissingArgument':
      return { en: `The option ${named} wants a value.`, 'zh-cn': `选项 ${named} 需要一个值。` };
    case 'commander.excessArguments':
      return { en: 'There are too many arguments.', 'zh-cn': '参数过多。' };
    case 'commander.conflictingOption':
      return { en: `These options exclude each other: ${error.message}`, 'zh-cn': `这些选项互斥：${error.message}` };
    case 'commander.invalidArgument': {
      const [, option = named, value = '', reason = ''] =
        /option '([^']+)' argument '([^']*)' is invalid\.\s*(.*)$/s.exec(error.message) ?? [];
      const allowed = /Allowed choices are (.*?)\.?$/.exec(reason)?.[1];
      return {
        en: `${option} cannot be \`${value}\`${allowed === undefined ? '.' : `: it is one of ${allowed}.`}`,
        'zh-cn': `${option} 不能为 \`${value}\`${allowed === undefined ? '。' : `，可选值为 ${allowed}。`}`,
      };
    }
    default: {
      const message = error.message.replace(/^error: /, '');
      return { en: message, 'zh-cn': message };
    }
  }
}
