using System.Buffers;
using System.Globalization;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Options;

/// <summary>
/// Parses <c>$search</c> (OData 4.01 Part 2, 5.1.8.1): words and phrases; NOT precedes AND precedes OR; adjacent operands are
/// joined with AND. A keyword in any other position than between or before operands is a word.
/// </summary>
internal ref struct SearchParser
{
    private static readonly SearchValues<char> WordTerminators = SearchValues.Create(" \t()\"");

    private readonly ParseContext context;
    private readonly ReadOnlySpan<char> text;
    private int position;

    private SearchParser(ParseContext context, ReadOnlySpan<char> text)
    {
        this.context = context;
        this.text = text;
    }

    public static SearchExpression Parse(ParseContext context, StringSlice range)
    {
        var text = range.Span.Trim();
        if (text.IsEmpty)
        {
            throw context.Error(ODataErrorCodes.Syntax, $"{context.Subject} must contain a word or a phrase.");
        }

        if (text[0] == '\'')
        {
            // Clients may send incomplete input as a string (searchExpr-incomplete).
            return text.Length > 2 && text[^1] == '\'' && !text[1..^1].ToString().Replace("''", "", StringComparison.Ordinal).Contains('\'', StringComparison.Ordinal)
                ? new SearchTerm(LiteralReader.Unquote(text))
                : throw context.Error(ODataErrorCodes.Syntax, $"{context.Subject}: A string in single quotes must end with a single quote; write a single quote inside as two.");
        }

        var parser = new SearchParser(context, text);
        var search = parser.ParseOr();
        parser.SkipSpace();
        return parser.position >= text.Length ? search : throw parser.Unexpected();
    }

    private SearchExpression ParseOr()
    {
        var operands = new List<SearchExpression> { ParseAnd() };
        while (TryConsumeKeyword("OR"))
        {
            operands.Add(ParseAnd());
        }

        return BalancedTree.Create(operands, static (left, right) => new SearchOr(left, right));
    }

    private SearchExpression ParseAnd()
    {
        var operands = new List<SearchExpression> { ParseNot() };
        while (IsAtOperand() && !IsAtKeyword("OR"))
        {
            _ = TryConsumeKeyword("AND");
            operands.Add(ParseNot());
        }

        return BalancedTree.Create(operands, static (left, right) => new SearchAnd(left, right));
    }

    private SearchExpression ParseNot()
    {
        context.CountNodes();
        if (!TryConsumeKeyword("NOT"))
        {
            return ParseTerm();
        }

        context.EnterLevel();
        var operand = ParseNot();
        context.LeaveLevel();
        return new SearchNot(operand);
    }

    private SearchExpression ParseTerm()
    {
        SkipSpace();
        if (position >= text.Length)
        {
            throw Unexpected();
        }

        if (text[position] == '"')
        {
            var length = text[(position + 1)..].IndexOf('"');
            if (length <= 0)
            {
                throw context.Error(ODataErrorCodes.Syntax, $"{context.Subject}: A phrase in double quotes must have a closing quote and must not be empty.");
            }

            var phrase = text.Slice(position + 1, length);
            position += length + 2;
            return new SearchTerm(phrase.ToString());
        }

        if (text[position] == '(')
        {
            position++;
            context.EnterLevel();
            var inner = ParseOr();
            context.LeaveLevel();
            SkipSpace();
            if (position >= text.Length || text[position] != ')')
            {
                throw Unexpected();
            }

            position++;
            return inner;
        }

        var word = GetWordAt(position);
        if (word.IsEmpty)
        {
            throw Unexpected();
        }

        position += word.Length;
        return new SearchTerm(word.ToString());
    }

    /// <summary>Consumes a keyword that is followed by an operand; otherwise it is a word.</summary>
    private bool TryConsumeKeyword(string keyword)
    {
        if (!IsAtKeyword(keyword))
        {
            return false;
        }

        SkipSpace();
        position += keyword.Length;
        return true;
    }

    private bool IsAtKeyword(string keyword)
    {
        SkipSpace();
        if (!GetWordAt(position).SequenceEqual(keyword))
        {
            return false;
        }

        var saved = position;
        position += keyword.Length;
        var followed = IsAtOperand();
        position = saved;
        return followed;
    }

    private bool IsAtOperand()
    {
        SkipSpace();
        return position < text.Length && text[position] != ')';
    }

    private readonly ReadOnlySpan<char> GetWordAt(int start)
    {
        var rest = text[start..];
        var length = rest.IndexOfAny(WordTerminators);
        return length < 0 ? rest : rest[..length];
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] is ' ' or '\t')
        {
            position++;
        }
    }

    private readonly ODataRequestException Unexpected() => context.Error(ODataErrorCodes.Syntax, string.Create(
        CultureInfo.InvariantCulture, $"{context.Subject} at character {position + 1}: Expected a word, a phrase in double quotes or '('."));
}
