using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Conversations in the templates of families: each text was rendered by the reference implementation of the language with the settings of the models' library.</summary>
public sealed class ChatFamilyTests
{
    private static readonly ChatMessage[] Turns = [new("system", " Be short. "), new("user", "Hi there "), new("assistant", "<think>\nhm\n</think>\n\nHello."), new("user", "Why?")];

    public static TheoryData<string, string, string, string> Families { get; } = new()
    {
        { "Llama 3.1", ChatFamilies.Llama31, "<s><|start_header_id|>system<|end_header_id|>\n\nToday: 26 Jul 2024\n\n<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n", "<s><|start_header_id|>system<|end_header_id|>\n\nToday: 26 Jul 2024\n\nBe short.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi there<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n<think>\nhm\n</think>\n\nHello.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nWhy?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n" },
        { "Qwen 2.5", ChatFamilies.Qwen25, "<|im_start|>system\nYou are of help.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", "<|im_start|>system\n Be short. <|im_end|>\n<|im_start|>user\nHi there <|im_end|>\n<|im_start|>assistant\n<think>\nhm\n</think>\n\nHello.<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n" },
        { "Qwen 3", ChatFamilies.Qwen3, "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", "<|im_start|>system\n Be short. <|im_end|>\n<|im_start|>user\nHi there <|im_end|>\n<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n" },
        { "Mistral Small", ChatFamilies.Mistral, "<s>[SYSTEM_PROMPT]You are a model.The current date is 2024-07-26.[/SYSTEM_PROMPT][INST](last)Hi[/INST]", "<s>[SYSTEM_PROMPT] Be short. [/SYSTEM_PROMPT][INST]Hi there [/INST] <think>\nhm\n</think>\n\nHello.</s>[INST](last)Why?[/INST]" },
        { "Gemma 3", ChatFamilies.Gemma3, "<s><start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n", "<s><start_of_turn>user\n Be short. \n\nHi there<end_of_turn>\n<start_of_turn>model\n<think>\nhm\n</think>\n\nHello.<end_of_turn>\n<start_of_turn>user\nWhy?<end_of_turn>\n<start_of_turn>model\n" },
        { "Phi 4 mini", ChatFamilies.Phi4, "<|user|>Hi<|end|><|assistant|>", "<|system|> Be short. <|end|><|user|>Hi there <|end|><|assistant|><think>\nhm\n</think>\n\nHello.<|end|><|user|>Why?<|end|><|assistant|>" },
        { "macros, as in Gemma 4 and gpt-oss", ChatFamilies.Macros, "{deep:{on:true}, stops:[\"a\", \"b\"], temperature:0.5}\n<|USER|>Hi<|end|>\n<|ASSISTANT|>", "{deep:{on:true}, stops:[\"a\", \"b\"], temperature:0.5}\n<|SYSTEM|>Be short.<|end|>\n<|USER|>Hi there<|end|>\n<|ASSISTANT|><think>\nhm\n</think>\n\nHello.<|end|>\n<|USER|>Why?<|end|>\n<|ASSISTANT|>" },
        { "DeepSeek R1", ChatFamilies.Deepseek, "<s><|User|>Hi<|Assistant|><think>\n", "<s> Be short. <|User|>Hi there <|Assistant|>\n\nHello.</s><|User|>Why?<|Assistant|><think>\n" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_family_reads_one_prompt_and_a_conversation(string family, string template, string prompt, string conversation)
    {
        Assert.NotEmpty(family);
        ChatTemplate chat = ChatTemplate.Parse(template, "t", "<s>", "</s>");
        Assert.Equal(prompt, chat.Render("Hi"));
        Assert.Equal(conversation, chat.Render(Turns));
    }

    [Fact]
    public void A_template_that_asks_for_the_day_gets_the_one_it_is_told()
    {
        ChatTemplate chat = ChatTemplate.Parse(ChatFamilies.Mistral, "t", "<s>");
        Assert.Contains("The current date is 2024-07-26.", chat.Render("Hi"), StringComparison.Ordinal);
        Assert.Contains("The current date is 2026-02-01.", chat.On(new DateOnly(2026, 2, 1)).Render("Hi"), StringComparison.Ordinal);
        Assert.Equal("Sunday 1 February 2026 26 032 Feb  1 02/01/26 02", ChatTemplate.Parse("{{ strftime_now('%A %-d %B %Y %y %j %b %e %D %m') }}", "t").On(new DateOnly(2026, 2, 1)).Render("Hi"));
    }

    [Fact]
    public void A_family_refuses_turns_that_it_does_not_read()
    {
        ChatTemplate chat = ChatTemplate.Parse(ChatFamilies.Mistral, "t", "<s>");
        Assert.EndsWith("refuses the prompt: Roles must alternate", Assert.Throws<Models.ModelException>(() => chat.Render([new("user", "a"), new("user", "b")])).Message, StringComparison.Ordinal);
    }
}
