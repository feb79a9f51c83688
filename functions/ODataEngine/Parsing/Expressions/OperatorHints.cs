using ODataEngine.Parsing.Lexing;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Names the OData operator or function for the operators of other languages, in messages.</summary>
internal static class OperatorHints
{
    // Longer operators first.
    private static readonly (string Operator, string Hint)[] Symbols =
    [
        ("==", "'eq'"), ("=", "'eq'"), ("!=", "'ne'"), ("<>", "'ne'"), ("<=", "'le'"), ("<", "'lt'"), (">=", "'ge'"), (">", "'gt'"),
        ("||", "'or'"), ("&&", "'and'"), ("+", "'add' (a plus sign in a URL is a blank)"), ("-", "'sub'"), ("*", "'mul'"), ("%", "'mod'"),
    ];

    private static readonly (string Word, string Hint)[] Words =
    [
        ("like", "contains(property,'text'), startswith(property,'text') or matchesPattern(property,'pattern')"),
        ("ilike", "contains(tolower(property),'text')"),
        ("contains", "contains(property,'text')"),
        ("startswith", "startswith(property,'text')"),
        ("endswith", "endswith(property,'text')"),
        ("equals", "'eq'"),
        ("is", "'eq', as in property eq null"),
        ("between", "'ge' and 'le', as in property ge 1 and property le 9"),
        ("plus", "'add'"),
        ("minus", "'sub'"),
    ];

    /// <summary>Gets a sentence with the operator to use in place of the current token; empty where there is none.</summary>
    public static string Describe(in Lexer lexer)
    {
        var rest = lexer.Text.AsSpan(lexer.Current.Start, lexer.End - lexer.Current.Start);
        foreach (var (symbol, hint) in Symbols)
        {
            if (rest.StartsWith(symbol))
            {
                return $" Use {hint} instead of '{symbol}'.";
            }
        }

        foreach (var (word, hint) in Words)
        {
            if (lexer.CurrentText.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return $" Use {hint} instead of '{word}'.";
            }
        }

        return "";
    }
}
