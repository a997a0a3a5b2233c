import { describe, expect, it } from 'vitest';
import { deferRequires } from '../../scripts/lazy-requires.ts';

describe('deferRequires', () => {
  it.each([
    ['const x_1 = require("x");\nx_1.y();', 'const x_1$ = () => require("x");\n(x_1$()).y();'],
    [
      'const x_1 = __importDefault(require("./x"));\nnew x_1.default(x_1.y);',
      'const x_1$ = () => __importDefault(require("./x"));\nnew (x_1$()).default((x_1$()).y);',
    ],
    ['var x_1 = require("./x");\nget: () => x_1.Y', 'const x_1$ = () => require("./x");\nget: () => (x_1$()).Y'],
    ['const x_1 = require("x");\nx_10.y();', 'const x_1$ = () => require("x");\nx_10.y();'],
    ['exports.X = __importStar(require("./x"));', 'exports.X = __importStar(require("./x"));'],
    ['const pjson = require("../package.json");', 'const pjson = require("../package.json");'],
  ])('turns %j into calls', (source, deferred) => {
    expect(deferRequires(source)).toBe(deferred);
  });

  it('does not evaluate a module before its first use', () => {
    const source = 'const x_1 = require("x");\nconst use = () => new x_1.Y(1).n;';
    const loaded: string[] = [];
    const require = (name: string) => {
      loaded.push(name);
      return {
        Y: class {
          readonly n: number;
          constructor(n: number) {
            this.n = n;
          }
        },
      };
    };
    const use: () => number = new Function('require', `${deferRequires(source)}; return use;`)(require);
    expect(loaded).toEqual([]);
    expect(use()).toBe(1);
    expect(loaded).toEqual(['x']);
  });
});
