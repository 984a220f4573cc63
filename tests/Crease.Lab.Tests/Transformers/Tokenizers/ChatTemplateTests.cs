using Crease.Models;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Templates of conversations: what well-known models read, the language's own rules, and templates that mean harm.</summary>
public sealed class ChatTemplateTests
{
    private const string Alternates = "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate: user, assistant, user') }}{% endif %}{% endfor %}";

    // Written here in the manner of each family; what they must give is what the families document.
    public static TheoryData<string, string, string> Families { get; } = new()
    {
        { "ChatML", "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}", "<|im_start|>user\nHi there<|im_end|>\n<|im_start|>assistant\n" },
        { "Llama 2", "{% if messages[0]['role'] == 'system' %}{% set turns = messages[1:] %}{% set system = messages[0]['content'] %}{% else %}{% set turns = messages %}{% set system = false %}{% endif %}" + Alternates + "{% for m in turns %}{% if loop.first and system is not false %}{% set said = '<<SYS>>\\n' ~ system ~ '\\n<</SYS>>\\n\\n' ~ m.content %}{% else %}{% set said = m.content %}{% endif %}{% if m.role == 'user' %}{{ bos_token ~ '[INST] ' ~ said.strip() ~ ' [/INST]' }}{% elif m.role == 'assistant' %}{{ ' ' ~ said.strip() ~ ' ' ~ eos_token }}{% endif %}{% endfor %}", "<s>[INST] Hi there [/INST]" },
        { "Llama 3", "{%- set ns = namespace(first=true) -%}\n{%- for m in messages -%}\n  {%- set part = '<|start_header_id|>' + m.role + '<|end_header_id|>\\n\\n' + m.content | trim + '<|eot_id|>' -%}\n  {%- if ns.first -%}{%- set ns.first = false -%}{{ bos_token }}{%- endif -%}\n  {{- part -}}\n{%- endfor -%}\n{%- if add_generation_prompt -%}\n  {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' -}}\n{%- endif -%}\n", "<s><|start_header_id|>user<|end_header_id|>\n\nHi there<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n" },
        { "Mistral", "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}{{ '[INST] ' + m['content'] + ' [/INST]' }}{% else %}{{ m['content'] + eos_token }}{% endif %}{% endfor %}", "<s>[INST] Hi there [/INST]" },
        { "Gemma", "{{ bos_token }}{% for m in messages %}{% set role = 'model' if m.role == 'assistant' else m.role %}{{ '<start_of_turn>' + role + '\\n' + m.content | trim + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}", "<s><start_of_turn>user\nHi there<end_of_turn>\n<start_of_turn>model\n" },
        { "Phi 3", "{% for m in messages %}\n    {% if m.role == 'user' %}\n{{ '<|user|>\\n' + m.content + '<|end|>\\n' }}\n    {%- elif m.role == 'assistant' %}\n{{ '<|assistant|>\\n' + m.content + '<|end|>\\n' }}\n    {%- endif %}\n{% endfor %}\n{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% else %}{{ eos_token }}{% endif %}", "<|user|>\nHi there<|end|>\n<|assistant|>\n" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_prompt_becomes_what_the_family_reads(string family, string template, string expected)
    {
        Assert.NotEmpty(family);
        Assert.Equal(expected, ChatTemplate.Parse(template, "t", "<s>", "</s>").Render("Hi there"));
    }

    // Every line was rendered by the reference implementation of the language with the settings of the models' library.
    [Theory]
    [InlineData("a\n{% if true %}\nb\n{% endif %}\nc", "a\nb\nc")]
    [InlineData("a\n   {% if true %}b{% endif %}\n  c\n", "a\nb  c")]
    [InlineData("a  {%- if true -%}  b  {%- endif -%}  c", "abc")]
    [InlineData("a {%+ if true %}b{% endif +%}\nc", "a b\nc")]
    [InlineData("x {# a comment {{ not }} #}\ny", "x y")]
    [InlineData("{{ 'a' }}\n{{- 'b' }} c", "ab c")]
    [InlineData("{{ 1 + 2 * 3 - 4 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ -3 % 5 }} {{ 'a' ~ 1 }}", "3 3 3 2 a1")]
    [InlineData("{{ not true or true and false }} {{ none }} {{ true }} {{ missing }}|", "False None True |")]
    [InlineData("{{ 'b' in 'abc' }} {{ 'x' not in ['y'] }} {{ 2 in [1, 2] }} {{ 'role' in messages[0] }}", "True True True True")]
    [InlineData("{{ missing is defined }} {{ missing is not defined }} {{ messages is iterable }} {{ none is none }} {{ 3 is odd }}", "False True True True True")]
    [InlineData("{{ 'abcd'[1:3] }} {{ 'abcd'[-1] }} {{ 'abcd'[::-1] }} {{ [1, 2, 3][1:] | length }}", "bc d dcba 2")]
    [InlineData("{% for i in range(3) %}{{ loop.index }}{{ ',' if not loop.last }}{% endfor %}", "1,2,3")]
    [InlineData("{% for i in range(1, 5) if i is even %}{{ i }}{% else %}none{% endfor %}", "24")]
    [InlineData("{% for i in [] %}{{ i }}{% else %}none{% endfor %}", "none")]
    [InlineData("{% for k, v in {}.items() %}{% endfor %}{{ messages[0].items() | length }}", "2")]
    [InlineData("{% set x = 1 %}{% for i in range(2) %}{% set x = 5 %}{% endfor %}{{ x }}", "1")]
    [InlineData("{% set n = namespace(x=1) %}{% for i in range(2) %}{% set n.x = n.x + i + 1 %}{% endfor %}{{ n.x }}", "4")]
    [InlineData("{{ ' a b '.strip().split(' ') | join('-') }} {{ 'aXb'.replace('X', '') | upper }} {{ '--a-'.lstrip('-') }}", "a-b AB a-")]
    [InlineData("{{ missing | default('d') }} {{ '' | default('e', true) }} {{ [3, 4] | first }} {{ [3, 4] | last }}", "d e 3 4")]
    [InlineData("{{ 'a\"b' | tojson }} {{ [1, true, none] | tojson }}", "\"a\\\"b\" [1, true, null]")]
    [InlineData("{% set t = {'a': 1, 'b': [2]} %}{{ t.a }}{{ t['b'][0] }}{{ t | tojson }}", "12{\"a\": 1, \"b\": [2]}")]
    [InlineData("{% if tools is defined and tools is not none %}{{ tools | tojson(indent=4) }}{% else %}plain{% endif %}", "plain")]
    [InlineData("{% if not date is defined %}{% set date = '26 Jul' %}{% endif %}{{ date }}", "26 Jul")]
    [InlineData("{% if 'u' == messages[0]['role'][0] and messages[0].content.startswith('Hi') %}yes{% else %}no{% endif %}", "yes")]
    [InlineData("{% if '%}' == '%}' %}{{ '}}' }}{% endif %}", "}}")]
    public void The_language_keeps_its_rules(string template, string expected) => Assert.Equal(expected, ChatTemplate.Parse(template, "t").Render("Hi"));

    [Fact]
    public void Turns_follow_each_other_and_what_the_template_refuses_is_said()
    {
        ChatTemplate template = ChatTemplate.Parse(Alternates + "{% for m in messages %}{{ m.role[0] ~ m.content }};{% endfor %}{{ add_generation_prompt }}", "model.json");
        Assert.Equal("ua;ab;uc;False", template.Render([new("user", "a"), new("assistant", "b"), new("user", "c")], asks: false));
        ModelException fault = Assert.Throws<ModelException>(() => template.Render([new("assistant", "a")]));
        Assert.Equal("model.json: its chat template refuses the prompt: Roles must alternate: user, assistant, u...", fault.Message);
    }

    [Theory]
    [InlineData("{% include 'secrets' %}", "the statement 'include' is not supported; for, if, set, macro and call are")]
    [InlineData("{% import 'secrets' as s %}", "the statement 'import' is not supported")]
    [InlineData("{% break %}", "the statement 'break' is not supported")]
    [InlineData("{% for i in [1] %}{% macro f() %}{% break %}{% endmacro %}{% endfor %}", "the statement 'break' is not supported")]
    [InlineData("{% macro f(x, x) %}{% endmacro %}", "names the argument 'x' twice")]
    [InlineData("{% macro f(x) %}{% endmacro %}{{ f(1, 2) }}", "'f' of so many arguments is not supported")]
    [InlineData("{% macro f(x) %}{% endmacro %}{{ f(y=2) }}", "the argument 'y' of 'f' is not supported")]
    [InlineData("{% macro f(x) %}{% endmacro %}{{ f }}", "writing a list or table as it is is not supported")]
    [InlineData("{% macro f(x) %}", "ends where endmacro is expected")]
    [InlineData("{% call g() %}{% endcall %}", "calls 'g', which is no macro")]
    [InlineData("{{ g() }}", "the function 'g' is not supported")]
    [InlineData("{{ 'a'() }}", "calling a text is not supported")]
    [InlineData("{{ strftime_now('%Q') }}", "the date mark %Q is not supported")]
    [InlineData("{{ strftime_now() }}", "'strftime_now' without its argument 'format' is not supported")]
    [InlineData("{{ messages | map('x') }}", "the filter 'x' is not supported")]
    [InlineData("{{ messages | groupby('x') }}", "the filter 'groupby' is not supported")]
    [InlineData("{{ messages | map(colour='x') }}", "'map' without its argument 'filter' is not supported")]
    [InlineData("{{ messages | selectattr('role', 'near', 1) }}", "the test 'near' is not supported")]
    [InlineData("{{ messages | tojson(colour=4) }}", "the argument 'colour' of 'tojson' is not supported")]
    [InlineData("{{ [1, 'a'] | sort }}", "sorting other things than texts or numbers is not supported")]
    [InlineData("{{ {1: 2} }}", "a table whose keys are no texts is not supported")]
    [InlineData("{{ ''.__class__ }}{{ ''.__class__.__mro__ }}", "'__mro__' is asked of what is not defined")]
    [InlineData("{{ ''.format(1) }}", "'format' of a text is not supported")]
    [InlineData("{{ messages.append(1) }}", "'append' of a list is not supported")]
    [InlineData("{{ 'a' + 1 }}", "adding a number to a text is not supported")]
    [InlineData("{{ 1 / 0 }}", "dividing by 0 is not supported")]
    [InlineData("{{ 1.5 % 0 }}", "dividing by 0 is not supported")]
    [InlineData("{{ messages }}", "writing a list or table as it is is not supported")]
    [InlineData("{{ 'abc'[::0] }}", "slices of step 0 are not supported")]
    [InlineData("{{ range(1, 99999) }}", "a range of more than 10000 numbers is not supported")]
    [InlineData("{% if true %}", "ends where elif or else or endif is expected")]
    [InlineData("{{ 1 ", "a tag has no end")]
    [InlineData("{{ 'a }}", "a text in quotes has no end")]
    [InlineData("{{ '\\u00' }}", "the escape \\u is not supported without 4 digits")]
    [InlineData("{# a", "a comment has no end")]
    [InlineData("{{ 1.5.2 }}", "has '2' where a name is expected")]
    [InlineData("{{ 15a }}", "the number '15a' is not supported")]
    [InlineData("{{ 1 2 }}", "has '2' where the end of a tag is expected")]
    [InlineData("{{ 9223372036854775807 }}", "those of at most 18 digits are")]
    [InlineData("{{ 999999999999999999 * 999999999999999999 }}", "numbers that are too large")]
    [InlineData("{{ 1e300 * 1e300 }}", "numbers that are too large")]
    [InlineData("{{ 1e300 | int }}", "numbers that are too large")]
    [InlineData("{{ 1e999 }}", "numbers that are too large")]
    [InlineData("{{ a ? }}", "the character U+003F stands in a tag")]
    public void What_is_not_supported_is_named_in_one_line(string template, string says)
    {
        ModelException fault = Assert.Throws<ModelException>(() => ChatTemplate.Parse(template, "f.json").Render("Hi"));
        Assert.StartsWith("f.json: its chat template ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    // A text of a million letters.
    private const string Grown = "{% set n = namespace(s='aaaaaaaa', l=[]) %}{% for i in range(17) %}{% set n.s = n.s ~ n.s %}{% endfor %}{% set n.l = [n.s] %}";

    public static TheoryData<string, string> Bombs { get; } = new()
    {
        { "loops in loops", string.Concat(Enumerable.Repeat("{% for i in range(1000) %}", 6)) + "x" + string.Concat(Enumerable.Repeat("{% endfor %}", 6)) },
        { "doubled text", "{% set n = namespace(s='aaaaaaaa') %}{% for i in range(100) %}{% set n.s = n.s ~ n.s %}{% endfor %}" },
        { "doubled list", "{% set n = namespace(s=[1]) %}{% for i in range(100) %}{% set n.s = n.s + n.s %}{% endfor %}" },
        { "list in lists", "{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s | tojson }}" },
        { "lists compared", "{% set n = namespace(s=[1], t=[1]) %}{% for i in range(60) %}{% set n.s = [n.s, n.s] %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.s == n.t }}" },
        { "joined copies", "{% set n = namespace(s='aaaaaaaa', l=['a']) %}{% for i in range(18) %}{% set n.s = n.s ~ n.s %}{% set n.l = n.l + n.l %}{% endfor %}{{ n.l | join(n.s) }}" },
        { "replaced text", "{% set n = namespace(s='aaaaaaaa') %}{% for i in range(18) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s | replace('a', n.s) }}" },
        { "deep lists", "{% set n = namespace(s=[1]) %}{% for i in range(9999) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s | tojson }}" },
        { "deep lists compared", "{% set n = namespace(s=[1], t=[1]) %}{% for i in range(9999) %}{% set n.s = [n.s] %}{% set n.t = [n.t] %}{% endfor %}{{ n.s == n.t }}" },
        { "a table that holds itself", "{% set n = namespace() %}{% set n.n = n %}{{ n | tojson }}" },
        { "a macro without an end", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}" },
        { "macros that double", "{% macro f(n) %}{{ f(n - 1) }}{{ f(n - 1) }}{% endmacro %}{{ f(1) }}" },
        { "deep macros", "{% macro f() %}" + string.Concat(Enumerable.Repeat("{% if 1 %}", 45)) + "{{ " + new string('(', 90) + "f()" + new string(')', 90) + " }}" + string.Concat(Enumerable.Repeat("{% endif %}", 45)) + "{% endmacro %}{{ f() }}" },
        { "a caller that calls itself", "{% macro f() %}{{ caller() }}{% endmacro %}{% call f() %}{% call f() %}{{ f() }}{{ caller() }}{% endcall %}{% endcall %}" },
        { "maps of maps", "{{ 'abc' | map(" + string.Concat(Enumerable.Repeat("'map', ", 30_000)) + "'list') | list }}" },
        { "long text in a list", Grown + "{% for i in range(14) %}{% set n.l = n.l + n.l %}{% endfor %}{% for i in range(9999) %}{{ (n.s ~ 'b') in n.l }}{% endfor %}" },
        { "long text in a text", Grown + "{% for i in range(9999) %}{{ (n.s[9:] ~ 'b') in n.s }}{% endfor %}" },
        { "long texts counted", Grown + "{% for i in range(9999) %}{{ n.s | length }}{% endfor %}" },
        { "long texts sorted", Grown + "{% for i in range(14) %}{% set n.l = n.l + [n.s ~ i] + n.l %}{% endfor %}{{ n.l | sort | length }}" },
        { "long texts in loops", Grown + "{% for i in range(9999) %}{% for c in n.s %}{% break %}{% endfor %}{% endfor %}" },
        { "letters of long texts", Grown + "{% for i in range(9999) %}{{ n.s[0] }}{{ n.s | first }}{% endfor %}" },
        { "long lists in loops", "{% set n = namespace(l=[1]) %}{% for i in range(20) %}{% set n.l = n.l + n.l %}{% endfor %}{% for i in range(9999) %}{% for c in n.l if false %}{% endfor %}{% endfor %}" },
        { "long texts as JSON", Grown + "{% for i in range(13) %}{% set n.l = n.l + n.l %}{% endfor %}{{ n.l | tojson }}" },
        { "long keys", Grown + "{% for i in range(9999) %}{{ n[n.s] }}{% endfor %}" },
        { "wide indent", Grown + "{{ (n.s | replace('a', '\n')) | indent(999999) }}" },
        { "long name", "{{ " + new string('a', 1000) + " }}" },
        { "many ranges", string.Concat(Enumerable.Repeat("{% for i in range(-9999, 9999) %}{{ range(-9999, 9999) | sum }}", 3)) + string.Concat(Enumerable.Repeat("{% endfor %}", 3)) },
        { "long dates", "{{ strftime_now('" + new string('a', 2000) + "') }}" },
        { "long range", "{% for i in range(999999999) %}{% endfor %}" },
        { "deep brackets", "{{ " + new string('(', 5000) + "1" + new string(')', 5000) + " }}" },
        { "deep signs", "{{ " + new string('-', 200_000) + "1 }}" },
        { "deep nots", "{{ " + string.Concat(Enumerable.Repeat("not ", 40_000)) + "1 }}" },
        { "long sums", "{{ 1" + string.Concat(Enumerable.Repeat("+1", 60_000)) + " }}" },
        { "long members", "{{ a" + string.Concat(Enumerable.Repeat(".a", 60_000)) + " }}" },
        { "deep ifs", string.Concat(Enumerable.Repeat("{% if 1 %}", 20_000)) },
        { "too long", new string('a', 300_000) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Templates_that_mean_harm_end_in_one_line(string name, string template)
    {
        Task<string> found = Task.Run(() => Assert.Throws<ModelException>(() => ChatTemplate.Parse(template, "f.json").Render("Hi")).Message, TestContext.Current.CancellationToken);
        string message = await found.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(message.Length < 400 && !message.Contains('\n'), name);
    }

    [Fact]
    public void Changed_templates_never_end_otherwise()
    {
        var random = new Crease.Numerics.RandomSource(4);
        string[] whole = [.. Families.Select(row => row.Data.Item2), .. ChatFamilyTests.Families.Select(row => row.Data.Item2)];
        string pieces = "{}%#'\"|.()[]-+ \n~=,:/*aimns01";
        int refused = 0;
        for (int attempt = 0; attempt < 4000; attempt++)
        {
            char[] text = whole[attempt % whole.Length].ToCharArray();
            for (int change = 0; change <= attempt % 4; change++)
                text[random.Index(text.Length)] = pieces[random.Index(pieces.Length)];
            try
            {
                ChatTemplate.Parse(new string(text, 0, attempt % 5 == 0 ? random.Index(text.Length) : text.Length), "t").Render("Hi");
            }
            catch (ModelException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 400, 3900);
    }
}
