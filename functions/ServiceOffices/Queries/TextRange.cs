namespace ServiceOffices.Queries;

/// <summary>The value of an option: a text of its own, or a part of the option that it is nested in.</summary>
internal readonly record struct StringSlice(string Text, int Start, int End)
{
    public StringSlice(string text)
        : this(text, 0, text.Length)
    {
    }

    public ReadOnlySpan<char> Span => Text.AsSpan(Start, End - Start);

    public override string ToString() => Text[Start..End];
}
