import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/log-insights/catalogue.ts';
import type { CatalogueQuery } from '../../../shared/log-insights/query.ts';
import { discoveredFields } from '../../../shared/log-insights-ql/discovered-fields.ts';

describe('the fields that only JSON discovery can fill', () => {
  it.each<[string, string[]]>([
    ['fields @timestamp, @message | filter @logStream like /^kube/ | sort @timestamp desc | limit 5', []],
    ['parse @message /"verb":"(?<verb>[^"]+)"/ | filter verb = "get" | stats count(*) as n by verb | sort n desc', []],
    ['parse @message "verb=* who=*" as verb, who | display verb, who', []],
    ['parse @message "a=*" as a | fields a * 2 as b, b + 1 as c | dedup c', []],
    ['stats count(*) by bin(5m) | sort bin(5m) desc', []],
    ['filter verb = "get"', ['verb']],
    ['fields user.username as who | filter who = "a" and not (stage in ["x"])', ['user.username', 'stage']],
    ['filter ispresent(`annotations.authorization.k8s.io/reason`)', ['annotations.authorization.k8s.io/reason']],
    ['parse requestURI /limit=(?<most>\\d+)/ | display most', ['requestURI']],
    ['stats max(code) as worst by verb | sort worst desc, verb', ['verb', 'code']],
    ['sort code desc', ['code']],
    ['display verb | dedup name', ['verb', 'name']],
    ['filter who = "a" | fields user.username as who', ['who', 'user.username']],
  ])('%s', (text, fields) => {
    expect(discoveredFields(text)).toEqual(fields);
  });

  it('are read by every query of a log in JSON, and by none of a log in lines', () => {
    const discovers = ({ parameters, text }: CatalogueQuery) => {
      const required = parameters.filter((parameter) => parameter.required);
      return discoveredFields(text(Object.fromEntries(required.map(({ name }) => [name, 'a'])))).length > 0;
    };
    const isJson = ({ streams }: CatalogueQuery) => streams.includes('audit') || streams.includes('cloudtrail');
    expect(catalogue.filter(discovers).map(({ id }) => id)).toEqual(catalogue.filter(isJson).map(({ id }) => id));
  });
});
