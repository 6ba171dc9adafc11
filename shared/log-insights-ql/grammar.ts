/**
 * Logs Insights QL as far as it is known here; anything else is an error at its place. A slash is a division in an
 * expression and opens a regular expression after `like`, `=~` and in `parse`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const grammar = String.raw`
{{
  const unitsMs = { ms: 1, s: 1000, m: 60000, h: 3600000, d: 86400000 };
  // CloudWatch takes bin(300s) for bin(60s).
  const most = { ms: 1000, s: 60, m: 60, h: 24, d: Infinity };
  const binary = (head, tail) =>
    tail.reduce((left, [operator, right, at]) => ({ type: 'binary', operator, left, right, at }), head);
}}

Query = _ "|"? _ head:Command tail:(_ "|" _ @Command)* _ { return [head, ...tail]; }

Command
  = Fields / Filter / Parse / Stats / Sort / Limit / Dedup
  / name:$[A-Za-z]+ !{ return /^(fields|display|filter|parse|stats|sort|limit|dedup)$/i.test(name); } {
      error('the command ' + name + ' is not known');
    }

Fields = type:$("fields"i / "display"i) End _ items:Items { return { type: type.toLowerCase(), items, at: offset() }; }
Filter = "filter"i End _ condition:Or { return { type: 'filter', condition, at: offset() }; }
Parse = "parse"i End _ of:Primary _ pattern:Pattern names:(_ "as"i End _ @Names)? {
    return { type: 'parse', of, pattern, names: names ?? [], at: offset() };
  }
Stats = "stats"i End _ items:Items by:(_ "by"i End _ @Items)? { return { type: 'stats', items, by: by ?? [], at: offset() }; }
Sort = "sort"i End _ head:SortKey tail:(_ "," _ @SortKey)* { return { type: 'sort', keys: [head, ...tail], at: offset() }; }
SortKey = expression:Or order:(_ @$("asc"i / "desc"i) End)? {
    return { expression, descending: order?.toLowerCase() === 'desc' };
  }
Limit = "limit"i End _ digits:$[0-9]+ End { return { type: 'limit', count: Number(digits), at: offset() }; }
Dedup = "dedup"i End _ items:Items { return { type: 'dedup', items, at: offset() }; }

Items = head:Item tail:(_ "," _ @Item)* { return [head, ...tail]; }
Item = labelled:Labelled alias:(_ "as"i End _ @Name)? { return { ...labelled, alias }; }
Labelled = expression:Or { return { expression, text: text() }; }
Names = head:Name tail:(_ "," _ @Name)* { return [head, ...tail]; }

Or = head:And tail:(_ "or"i End _ @OrRight)* { return binary(head, tail); }
OrRight = right:And { return ['or', right, offset()]; }
And = head:Not tail:(_ "and"i End _ @AndRight)* { return binary(head, tail); }
AndRight = right:Not { return ['and', right, offset()]; }
Not = "not"i End _ operand:Not { return { type: 'not', operand, at: offset() }; } / Comparison

Comparison
  = operand:Sum _ negated:("not"i End _)? "in"i End _ "[" _ list:Values _ "]" {
      return { type: 'in', operand, list, negated: negated !== null, at: offset() };
    }
  / operand:Sum _ negated:("not"i End _)? ("like"i End / "=~") _ pattern:Pattern {
      return { type: 'like', operand, pattern, negated: negated !== null, at: offset() };
    }
  / left:Sum _ operator:Comparator _ right:Sum { return { type: 'binary', operator, left, right, at: offset() }; }
  / Sum
Comparator = "==" { return '='; } / @$("!=" / "<=" / ">=" / "<" / ">") / @"=" !"~"
Values = head:Sum tail:(_ "," _ @Sum)* { return [head, ...tail]; }

Sum = head:Product tail:(_ @SumRight)* { return binary(head, tail); }
SumRight = operator:$[+-] _ right:Product { return [operator, right, offset()]; }
Product = head:Power tail:(_ @ProductRight)* { return binary(head, tail); }
ProductRight = operator:$[*/%] _ right:Power { return [operator, right, offset()]; }
Power = left:Unary _ "^" _ right:Power { return { type: 'binary', operator: '^', left, right, at: offset() }; } / Unary
Unary = "-" _ operand:Unary { return { type: 'minus', operand, at: offset() }; } / Primary

Primary
  = "(" _ @Or _ ")"
  / Period
  / digits:$([0-9]+ ("." [0-9]+)?) !Letter { return { type: 'literal', value: Number(digits), at: offset() }; }
  / text:Text { return { type: 'literal', value: text, at: offset() }; }
  / name:$([A-Za-z] [A-Za-z0-9_]*) _ "(" _ args:Arguments? _ ")" {
      return { type: 'call', name: name.toLowerCase(), args: args ?? [], at: offset() };
    }
  / name:Name { return { type: 'field', name, at: offset() }; }
Arguments = "*" { return [{ type: 'star', at: offset() }]; } / head:Or tail:(_ "," _ @Or)* { return [head, ...tail]; }
Period "a period" = count:$[0-9]+ unit:$("ms" / "s" / "m" / "h" / "d") !Letter {
    return { type: 'period', lengthMs: Math.min(Number(count), most[unit]) * unitsMs[unit], at: offset() };
  }

Pattern
  = "/" source:$("\\" . / [^/\\\n])+ "/" { return { type: 'regex', source, at: offset() }; }
  / text:Text { return { type: 'text', text, at: offset() }; }
Text "a text" = '"' parts:(Escape / $[^"\\]+)* '"' { return parts.join(''); } / "'" parts:(Escape / $[^'\\]+)* "'" { return parts.join(''); }
Escape = "\\" escaped:["'\\/] { return escaped; } / "\\n" { return '\n'; } / "\\t" { return '\t'; }

Name "a field"
  = "${'`'}" @$[^${'`'}\n]+ "${'`'}"
  / !Reserved @$([A-Za-z_@] [A-Za-z0-9_.@]*)
Reserved = ("and"i / "or"i / "not"i / "in"i / "like"i / "as"i / "by"i / "asc"i / "desc"i) End
End = !Letter
Letter = [A-Za-z0-9_.@]
_ "white space" = ([ \t\r\n] / "#" [^\n]*)*
`;
