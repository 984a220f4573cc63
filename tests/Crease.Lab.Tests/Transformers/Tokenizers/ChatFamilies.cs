namespace Crease.Lab.Tests;

/// <summary>Templates written here with the constructs of those that well-known models publish.</summary>
internal static class ChatFamilies
{
    public const string Llama31 = """
        {{- bos_token }}
        {%- if custom_tools is defined %}
            {%- set tools = custom_tools %}
        {%- endif %}
        {%- if not day is defined %}
            {%- if strftime_now is defined %}
                {%- set day = strftime_now("%d %b %Y") %}
            {%- else %}
                {%- set day = "26 Jul 2024" %}
            {%- endif %}
        {%- endif %}
        {%- if messages[0]['role'] == 'system' %}
            {%- set told = messages[0]['content']|trim %}
            {%- set messages = messages[1:] %}
        {%- else %}
            {%- set told = "" %}
        {%- endif %}
        {{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
        {%- if tools is not none %}
            {{- "Environment: ipython\n" }}
        {%- endif %}
        {{- "Today: " + day + "\n\n" + told + "<|eot_id|>" }}
        {%- for m in messages %}
            {%- if not (m.role == 'ipython' or m.role == 'tool' or 'tool_calls' in m) %}
                {{- '<|start_header_id|>' + m['role'] + '<|end_header_id|>\n\n'+ m['content'] | trim + '<|eot_id|>' }}
            {%- elif m.tool_calls|length != 1 %}
                {{- raise_exception("One call at once") }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
        {%- endif %}
        """;

    public const string Qwen25 = """
        {%- if tools %}
            {{- '<|im_start|>system\n' }}
            {%- for tool in tools %}
                {{- "\n" }}
                {{- tool | tojson }}
            {%- endfor %}
        {%- else %}
            {%- if messages[0]['role'] == 'system' %}
                {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}
            {%- else %}
                {{- '<|im_start|>system\nYou are of help.<|im_end|>\n' }}
            {%- endif %}
        {%- endif %}
        {%- for m in messages %}
            {%- if (m.role == "user") or (m.role == "system" and not loop.first) or (m.role == "assistant" and not m.tool_calls) %}
                {{- '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>' + '\n' }}
            {%- elif m.role == "tool" %}
                {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}
                    {{- '<|im_start|>user' }}
                {%- endif %}
                {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
                    {{- '<|im_end|>\n' }}
                {%- endif %}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|im_start|>assistant\n' }}
        {%- endif %}
        """;

    public const string Qwen3 = """
        {%- set ns = namespace(searching=true, last=messages|length - 1) %}
        {%- for m in messages[::-1] %}
            {%- set at = (messages|length - 1) - loop.index0 %}
            {%- if ns.searching and m.role == "user" and m.content is string and not(m.content.startswith('<tool>') and m.content.endswith('</tool>')) %}
                {%- set ns.searching = false %}
                {%- set ns.last = at %}
            {%- endif %}
        {%- endfor %}
        {%- for m in messages %}
            {%- if m.content is string %}
                {%- set content = m.content %}
            {%- else %}
                {%- set content = '' %}
            {%- endif %}
            {%- if m.role == "assistant" %}
                {%- set thought = '' %}
                {%- if m.reasoning_content is string %}
                    {%- set thought = m.reasoning_content %}
                {%- elif '</think>' in content %}
                    {%- set thought = content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
                    {%- set content = content.split('</think>')[-1].lstrip('\n') %}
                {%- endif %}
                {%- if loop.index0 > ns.last and (loop.last or thought) %}
                    {{- '<|im_start|>' + m.role + '\n<think>\n' + thought.strip('\n') + '\n</think>\n\n' + content.lstrip('\n') }}
                {%- else %}
                    {{- '<|im_start|>' + m.role + '\n' + content }}
                {%- endif %}
                {{- '<|im_end|>\n' }}
            {%- else %}
                {{- '<|im_start|>' + m.role + '\n' + content + '<|im_end|>' + '\n' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|im_start|>assistant\n' }}
            {%- if enable_thinking is defined and enable_thinking is false %}
                {{- '<think>\n\n</think>\n\n' }}
            {%- endif %}
        {%- endif %}
        """;

    public const string Mistral = """
        {%- set today = strftime_now("%Y-%m-%d") %}
        {%- set usual = "You are a model.\
        The current date is " + today + "." %}
        {{- bos_token }}
        {%- if messages[0]["role"] == "system" %}
            {%- set told = messages[0]["content"] %}
            {%- set turns = messages[1:] %}
        {%- else %}
            {%- set told = usual %}
            {%- set turns = messages %}
        {%- endif %}
        {{- '[SYSTEM_PROMPT]' + told + '[/SYSTEM_PROMPT]' }}
        {%- set asked = turns | selectattr("role", "equalto", "user") | list %}
        {%- set ns = namespace() %}
        {%- set ns.index = 0 %}
        {%- for m in turns | rejectattr("role", "equalto", "tool") | rejectattr("tool_calls", "defined") %}
            {%- if (m["role"] == "user") != (ns.index % 2 == 0) %}
                {{- raise_exception("Roles must alternate") }}
            {%- endif %}
            {%- set ns.index = ns.index + 1 %}
        {%- endfor %}
        {%- for m in turns %}
            {%- if m["role"] == "user" %}
                {%- if tools is not none and (m == asked[-1]) %}
                    {{- "[AVAILABLE_TOOLS] [" }}
                    {%- for key, val in tools.items() if key != "return" %}
                        {{- '"' + key + '": ' + val|tojson }}
                    {%- endfor %}
                {%- endif %}
                {{- "[INST]" + ("(last)" if m == asked[-1] else "") + m["content"] + "[/INST]" }}
            {%- elif m["role"] == "assistant" %}
                {{- " " + m["content"]|trim + eos_token}}
            {%- else %}
                {{- raise_exception("Only user and assistant are read; " + m["role"] + " is not") }}
            {%- endif %}
        {%- endfor %}
        """;

    public const string Gemma3 = """
        {{ bos_token }}
        {%- if messages[0]['role'] == 'system' -%}
            {%- if messages[0]['content'] is string -%}
                {%- set prefix = messages[0]['content'] + '

        ' -%}
            {%- else -%}
                {%- set prefix = messages[0]['content'][0]['text'] + '

        ' -%}
            {%- endif -%}
            {%- set turns = messages[1:] -%}
        {%- else -%}
            {%- set prefix = "" -%}
            {%- set turns = messages -%}
        {%- endif -%}
        {%- for m in turns -%}
            {%- if (m['role'] == 'user') != (loop.index0 % 2 == 0) -%}
                {{ raise_exception("Roles must alternate user/assistant/user/assistant/...") }}
            {%- endif -%}
            {%- if (m['role'] == 'assistant') -%}
                {%- set role = "model" -%}
            {%- else -%}
                {%- set role = m['role'] -%}
            {%- endif -%}
            {{ '<start_of_turn>' + role + '
        ' + (prefix if loop.first else "") }}
            {%- if m['content'] is string -%}
                {{ m['content'] | trim }}
            {%- elif m['content'] is iterable -%}
                {%- for item in m['content'] -%}
                    {%- if item['type'] == 'text' -%}
                        {{ item['text'] | trim }}
                    {%- endif -%}
                {%- endfor -%}
            {%- else -%}
                {{ raise_exception("Invalid content type") }}
            {%- endif -%}
            {{ '<end_of_turn>
        ' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}
            {{'<start_of_turn>model
        '}}
        {%- endif -%}
        """;

    public const string Phi4 = """
        {% for message in messages %}{% if message['role'] == 'system' and 'tools' in message and message['tools'] is not none %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|tool|>' + message['tools'] + '<|/tool|>' + '<|end|>' }}{% else %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% else %}{{ eos_token }}{% endif %}
        """;

    public const string Macros = """
        {#- Macros that call each other, one of them defined behind its caller. -#}
        {%- macro shown(value, quotes=True) -%}
            {%- if value is string -%}
                {{- '"' + value + '"' if quotes else value -}}
            {%- elif value is boolean -%}
                {{- 'true' if value else 'false' -}}
            {%- elif value is mapping -%}
                {{- '{' -}}{{- pairs(value) -}}{{- '}' -}}
            {%- elif value is sequence -%}
                {{- '[' -}}
                {%- for item in value -%}
                    {{- shown(item, quotes=quotes) -}}
                    {%- if not loop.last %}, {% endif -%}
                {%- endfor -%}
                {{- ']' -}}
            {%- else -%}
                {{- value -}}
            {%- endif -%}
        {%- endmacro -%}
        {%- macro pairs(table) -%}
            {%- set ns = namespace(found=false) -%}
            {%- for key, value in table | dictsort -%}
                {%- if ns.found %}, {% endif -%}
                {%- set ns.found = true -%}
                {{- key -}}:{{- shown(value) -}}
            {%- endfor -%}
        {%- endmacro -%}
        {%- macro turn(role) -%}
        <|{{ role | upper }}|>{{ caller() }}<|end|>
        {% endmacro -%}
        {%- set settings = {'temperature': 0.5, 'stops': ['a', 'b'], 'deep': {'on': true}} -%}
        {{- shown(settings) }}
        {% for m in messages -%}
        {%- call turn(m.role) -%}{{ m.content | default('none') | trim }}{%- endcall -%}
        {%- endfor -%}
        {%- if add_generation_prompt -%}<|ASSISTANT|>{%- endif -%}
        """;

    public const string Deepseek = """
        {% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}{% set ns = namespace(first=true, prompt='') %}
        {%- for m in messages %}{%- if m['role'] == 'system' %}{%- if ns.first %}{% set ns.prompt = ns.prompt + m['content'] %}{% set ns.first = false %}{%- else %}{% set ns.prompt = ns.prompt + '\n\n' + m['content'] %}{%- endif %}{%- endif %}{%- endfor %}
        {{- bos_token }}{{ ns.prompt }}
        {%- for m in messages %}
        {%- if m['role'] == 'user' %}{{'<|User|>' + m['content']}}{%- endif %}
        {%- if m['role'] == 'assistant' and m['content'] is not none %}
        {%- set content = m['content'] %}
        {%- if '</think>' in content %}{%- set content = content.split('</think>')[-1] %}{%- endif %}{% generation %}{{'<|Assistant|>' + content + eos_token}}{% endgeneration %}
        {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}{{'<|Assistant|><think>\n'}}{%- endif %}
        """;
}
