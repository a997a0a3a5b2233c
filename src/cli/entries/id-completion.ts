/**
 * Completion of ids from the platform. The completion plugin (version 4) knows commands and flags and writes fixed
 * functions; it has no way to ask a program. So its function is wrapped in one that first looks whether an id is due.
 */

/** Flags that take an id, by what it is an id of. */
const FLAGS: Readonly<Record<string, string>> = {
  '--site|--add-site|--remove-site|--into': 'sites',
  '--market|--add-market|--remove-market': 'markets',
  '--ruleset': 'redirects',
  '--context': 'contexts',
};

const TOPICS = [
  'markets',
  'sites',
  'shutdowns',
  'exceptions',
  'redirects',
  'assertions',
  'freeze-windows',
  'catalogs',
  'taxonomies',
  'certifications',
  'services',
  'checklists',
  'launches',
  'contexts',
  'changes',
];
const VERBS = [
  ...['show', 'change', 'remove', 'use'],
  ...['set-mode', 'list-product', 'delist'],
  ...['checklist', 'sign', 'waive', 'revoke', 'go', 'hold', 'cancel', 'watch'],
];

/** Topics whose ids are those of one launch: the items of its checklist, and those that a person may sign. */
export const ITEM_TOPICS = ['items', 'manual-items'] as const;

/** What `storectl ids` takes. */
export const ID_TOPICS: readonly string[] = [...TOPICS, ...ITEM_TOPICS];

const cases = (indent: string): string =>
  Object.entries(FLAGS)
    .map(([flags, topic]) => `${indent}${flags}) topic=${topic} ;;`)
    .join('\n');

/** To be appended to the plugin's bash function. `compgen -W` would run `$(…)` in a word: `ids` prints none. */
export function bashIds(bin: string): string {
  return `
_${bin}_with_ids()
{
  local topic= of= cur="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${cases('    ')}
    *)
      if [[ $COMP_CWORD -eq 3 && "\${COMP_WORDS[2]}" =~ ^(${VERBS.join('|')})$ ]]; then
        case "\${COMP_WORDS[1]}" in ${TOPICS.join('|')}) topic="\${COMP_WORDS[1]}" ;; esac
      elif [[ $COMP_CWORD -eq 3 && "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" == "redirects add" ]]; then
        topic=redirects
      elif [[ $COMP_CWORD -eq 4 && "\${COMP_WORDS[1]}" == launches ]]; then
        of="\${COMP_WORDS[3]}"
        case "\${COMP_WORDS[2]}" in sign) topic=manual-items ;; waive|revoke) topic=items ;; esac
      elif [[ $COMP_CWORD -eq 2 && "\${COMP_WORDS[1]}" == rollback ]]; then
        topic=changes
      fi ;;
  esac
  if [[ -n "$topic" && "$cur" != -* ]]; then
    COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" ids "$topic" \${of:+"$of"} --no-input 2>/dev/null)" -- "$cur"))
    return 0
  fi
  _${bin}_autocomplete
}

complete -F _${bin}_with_ids ${bin}
`;
}

/** To be appended to the plugin's zsh setup, after its compinit. */
export function zshIds(bin: string): string {
  return `
_${bin}_with_ids() {
  local topic= of=
  case "\${words[CURRENT-1]}" in
${cases('    ')}
    *)
      if (( CURRENT == 4 )) && [[ "\${words[3]}" =~ '^(${VERBS.join('|')})$' ]]; then
        case "\${words[2]}" in ${TOPICS.join('|')}) topic="\${words[2]}" ;; esac
      elif (( CURRENT == 4 )) && [[ "\${words[2]} \${words[3]}" == "redirects add" ]]; then
        topic=redirects
      elif (( CURRENT == 5 )) && [[ "\${words[2]}" == launches ]]; then
        of="\${words[4]}"
        case "\${words[3]}" in sign) topic=manual-items ;; waive|revoke) topic=items ;; esac
      elif (( CURRENT == 3 )) && [[ "\${words[2]}" == rollback ]]; then
        topic=changes
      fi ;;
  esac
  if [[ -n "$topic" && "$PREFIX" != -* ]]; then
    local -a ids
    ids=(\${(f)"$("\${words[1]}" ids "$topic" \${of:+"$of"} --no-input 2>/dev/null)"})
    compadd -a ids
    return
  fi
  _${bin} "$@"
}
compdef _${bin}_with_ids ${bin}
`;
}
