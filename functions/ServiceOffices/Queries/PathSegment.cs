namespace ServiceOffices.Queries;

/// <summary>One segment of a path: a name, or a name and arguments in parentheses, or any text as a key.</summary>
/// <param name="Text">All of it.</param>
/// <param name="NameEnd">Where the arguments begin, or the end.</param>
internal readonly record struct PathSegment(StringSlice Text, int NameEnd)
{
    public ReadOnlySpan<char> Name => Text.Text.AsSpan(Text.Start, NameEnd - Text.Start);

    public bool HasArguments => NameEnd < Text.End;

    /// <summary>The arguments, parentheses included.</summary>
    public StringSlice Arguments => Text with { Start = NameEnd };
}
