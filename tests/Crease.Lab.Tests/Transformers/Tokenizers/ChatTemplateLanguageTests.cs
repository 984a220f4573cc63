using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What templates of models use of the language: each text was rendered by the reference implementation with the settings of the models' library.</summary>
public sealed class ChatTemplateLanguageTests
{
    [Theory]
    [InlineData("{% macro say(who, what='hi') %}{{ who }}:{{ what }};{% endmacro %}{{ say('a') }}{{ say('b', 'c') }}{{ say(what='d', who='e') }}", "a:hi;b:c;e:d;")]
    [InlineData("{% macro tree(n) %}{{ n }}{% if n > 0 %}({{ tree(n - 1) }},{{ tree(n - 2) if n > 1 }}){% endif %}{% endmacro %}{{ tree(3) }}", "3(2(1(0,),0),1(0,))")]
    [InlineData("{% set x = 1 %}{% macro f() %}{{ x }}{{ y }}{{ z is defined }}{% endmacro %}{% set y = 2 %}{% for z in [5] %}{{ f() }}{% endfor %}", "12False")]
    [InlineData("{% macro wrap(t) -%} <{{ t }}>{{ caller() }}</{{ t }}> {%- endmacro %}{% call wrap('b') %}x{{ 1 + 1 }}{% endcall %}", "<b>x2</b>")]
    [InlineData("{% macro each(l) %}{% for i in l %}{{ caller(i) }}{% endfor %}{% endmacro %}{% call(v) each([1, 2]) %}[{{ v }}]{% endcall %}", "[1][2]")]
    [InlineData("{{ 1.5 + 1 }} {{ 3 / 2 }} {{ 4 / 2 }} {{ 7.5 // 2 }} {{ -7 // 2 }} {{ 7 % -3 }} {{ 1e3 }} {{ 2.5e-7 }} {{ 1e16 }} {{ 0.1 + 0.2 }} {{ 123456.75 * 10 }} {{ 0.0001 }} {{ -0.5 }}", "2.5 1.5 2.0 3.0 -4 -2 1000.0 2.5e-07 1e+16 0.30000000000000004 1234567.5 0.0001 -0.5")]
    [InlineData("{{ 1 == 1.0 }} {{ 2.5 > 2 }} {{ 1 < 1.5 }} {{ 1.0 is float }} {{ 1 is float }} {{ 1 is integer }} {{ 1.5 is number }} {{ true is number }}", "True True True True False True True True")]
    [InlineData("{{ '3.7' | int }} {{ 3.9 | int }} {{ 'x' | int(7) }} {{ '2.5' | float }} {{ 'x' | float }} {{ 2.567 | round(2) }} {{ 2.5 | round }} {{ 2.1 | round(0, 'ceil') }} {{ -3 | abs }} {{ [0.5, 1e-9] | tojson }}", "3 3 7 2.5 0.0 2.57 2.0 3.0 3 [0.5, 1e-09]")]
    [InlineData("{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%Y-%m-%d, %A %-d %B, %H:%M:%S %p %j %%') }}|{{ strftime_now is defined }}", "26 Jul 2024|2024-07-26, Friday 26 July, 00:00:00 AM 208 %|True")]
    [InlineData("{% set t %}a{{ 1 }}b{% endset %}{{ t | upper }} {{ t is string }}", "A1B True")]
    [InlineData("{% set a, b = ['x', 'y'] %}{{ a }}{{ b }}", "xy")]
    [InlineData("{% for i in range(9) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 5 %}{% break %}{% endif %}{{ i }}{% endfor %}", "0134")]
    [InlineData("{% for i in range(3) %}{% for j in range(3) %}{% if j > i %}{% break %}{% endif %}{{ i }}{{ j }} {% endfor %};{% endfor %}", "00 ;10 11 ;20 21 22 ;")]
    [InlineData("{% for i in range(6, 0, -2) %}{{ i }}{% endfor %}", "642")]
    [InlineData("{% for i in 'ab' %}{{ loop.index0 }}{{ i }}{{ loop.first }}{{ loop.last }}{{ loop.revindex }}{{ loop.length }}{{ loop.previtem }}{{ loop.nextitem }} {% endfor %}", "0aTrueFalse22b 1bFalseTrue12a ")]
    [InlineData("{% generation %}a{% endgeneration %}b", "ab")]
    [InlineData("{% set l = [{'r': 'u', 'n': 2}, {'r': 'a'}, {'r': 'u', 'n': 1}] %}{{ l | selectattr('r', 'equalto', 'u') | list | length }}{{ l | rejectattr('r', 'equalto', 'u') | map(attribute='r') | join }}{{ l | selectattr('n', 'defined') | map(attribute='n') | join('+') }}{{ l | selectattr('n') | sum(attribute='n') }}{{ l | map(attribute='n', default=0) | list | tojson }}", "2a2+13[2, 0, 1]")]
    [InlineData("{{ ['a', ' b '] | map('trim') | map('upper') | join('') }} {{ [1, 'x', none] | select('string') | list | tojson }} {{ [0, 1, 2] | reject('odd') | list | tojson }} {{ [0, 1, 2] | select | list | tojson }} {{ [1, 2, 3] | select('in', [2, 3]) | list | tojson }}", "AB [\"x\"] [0, 2] [1, 2] [2, 3]")]
    [InlineData("{{ {'b': 1, 'A': 2} | dictsort | tojson }} {{ ['b', 'A', 'c'] | sort | join }} {{ [3, 1, 2] | sort(reverse=true) | join }} {{ ['a', 'A', 'b'] | unique | join }} {{ [1, 2] | reverse | list | tojson }} {{ 'abc' | reverse }}", "[[\"A\", 2], [\"b\", 1]] Abc 321 ab [2, 1] cba")]
    [InlineData("{% for k, v in {'a': 1, 'b': [2]} | items %}{{ k }}={{ v | tojson }};{% endfor %}", "a=1;b=[2];")]
    [InlineData("{{ {'a': [1, {'b': none}], 'c': 'ü😀\\n\\\"'} | tojson(indent=2) }}", "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": \"ü😀\\n\\\"\"\n}")]
    [InlineData("{{ {'b': 1, 'a': 'é'} | tojson(ensure_ascii=true, sort_keys=true, separators=(',', ':')) }}", "{\"a\":\"\\u00e9\",\"b\":1}")]
    [InlineData("{{ 'a-b-c'.split('-', 1) | tojson }} {{ ' a  b '.split() | tojson }} {{ 'abcabc'.find('c') }} {{ 'abcabc'.rfind('c') }} {{ 'aXbX'.count('X') }} {{ ','.join(['a', 'b']) }} {{ 'prefix-x'.removeprefix('prefix-') }} {{ 'x.txt'.removesuffix('.txt') }} {{ '12'.isdigit() }}", "[\"a\", \"b-c\"] [\"a\", \"b\"] 2 5 2 a,b x x True")]
    [InlineData("{{ 'ab'.startswith(('x', 'a')) }} {{ 'hello wORLD' | capitalize }} {{ 'hello wORLD' | title }} {{ 'hello wORLD'.title() }} {{ 'a\\nb\\n\\nc' | indent(2) }}", "True Hello world Hello World Hello World a\n  b\n\n  c")]
    [InlineData("{{ [1, 2, 3, 4, 5][1:4:2] | tojson }} {{ 'abcdef'[::2] }} {{ 'abcdef'[-2:] }} {{ 'abcdef'[4:1:-1] }} {{ [1, 2, 3][::-1] | tojson }} {{ [1, 2, 3][5:] | tojson }} {{ 'a😀b'[1] }} {{ 'a😀b'[1:] }} {{ 'a😀b' | length }}", "[2, 4] ace ef edc [3, 2, 1] [] 😀 😀b 3")]
    [InlineData("{{ 3 is divisibleby(3) }} {{ 3 is divisibleby 2 }} {{ 'a' is eq 'a' }} {{ 'a' is ne('b') }} {{ 2 is gt 1 }} {{ 'A' is upper }} {{ 1 is in [1, 2] }} {{ none is sameas none }} {{ messages is sequence }} {{ messages is mapping }} {{ messages[0] is mapping }} {{ raise_exception is callable }} {{ 'x' is callable }}", "True False True True True True True True True False True True False")]
    [InlineData("{{ 'role' in ('role', 'x') }} {{ (1,) | tojson }} {{ () | length }} {{ 'a' 'b' }} {{ [1, 2] == [1, 2] }} {{ {'a': 1} == {'a': 1} }} {{ {'a': 1} != {'a': 2} }} {{ messages[0] == messages[-1] }}", "True [1] 0 ab True True True True")]
    [InlineData("{{ tools is defined }} {{ tools is none }} {{ documents is none }} {{ custom_tools is defined }} {{ not enable_thinking | default(false) }}", "True True True False True")]
    [InlineData("{{ 'caf\\u00e9 \\x41 \\d' }} {{ messages | map(attribute='role') | first }} {{ messages[0].get('x') is none }} {{ messages[0].get('x', 'y') }} {{ dict(a=1) | tojson }} {{ namespace(a=2).a }}", "café A \\d user True y {\"a\": 1} 2")]
    [InlineData("{{ 'a\\\nb' }}", "ab")]
    [InlineData("{% set ns = namespace(l=[]) %}{% for m in [1, 2] %}{% set ns.l = ns.l + [m] %}{% endfor %}{{ ns.l | tojson }}{{ [[1, 2], [3]] | map('length') | list | tojson }}{{ [1, 2] | map('string') | join('/') }}", "[1, 2][2, 1]1/2")]
    public void The_language_keeps_its_rules(string template, string expected) => Assert.Equal(expected, ChatTemplate.Parse(template, "t", "<s>", "</s>").Render("Hi"));
}
