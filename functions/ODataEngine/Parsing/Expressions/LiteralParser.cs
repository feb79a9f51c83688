using System.Globalization;
using System.Text;
using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Parses literals (OData ABNF 4.01, 7: primitiveLiteral; 5: stringInUrl).</summary>
internal static class LiteralParser
{
    // A long string counts as several nodes, so that repeating it with an alias is limited.
    public const int CharactersPerNode = 256;
    private const int MaxDecimalDigits = 29;

    public static Literal ParseNumber(ParseContext context, ref Lexer lexer)
    {
        var token = lexer.Current;
        if (token.Kind == TokenKind.Minus)
        {
            // Only reached if a digit or INF follows directly.
            lexer.Advance();
            token = new Token(lexer.Current.Kind, token.Start, lexer.Current.End - token.Start);
        }

        var text = lexer.GetText(token);
        var number = CreateNumber(text[0] == '+' ? text[1..] : text, token.Kind) ?? throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, "The number is invalid or out of range.");
        lexer.Advance();
        return number;
    }

    // An integer has the smallest type from Int32 that can hold it; a number with a fraction is a Decimal if that is exact, one with an exponent a Double.
    private static Literal? CreateNumber(ReadOnlySpan<char> text, TokenKind kind)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (kind == TokenKind.Integer)
        {
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var small))
            {
                return new Literal(small, PrimitiveType.Int32);
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var large))
            {
                return new Literal(large, PrimitiveType.Int64);
            }
        }

        if (kind is TokenKind.Integer or TokenKind.Decimal && CountSignificantDigits(text) <= MaxDecimalDigits
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, invariant, out var number))
        {
            return new Literal(number, PrimitiveType.Decimal);
        }

        return LiteralReader.ReadDouble(text) is { } real ? new Literal(real, PrimitiveType.Double) : null;
    }

    /// <summary>Counts the digits of a number without leading and trailing zeros.</summary>
    private static int CountSignificantDigits(ReadOnlySpan<char> text)
    {
        var digits = text.TrimStart("+-0.");
        digits = text.Contains('.') ? digits.TrimEnd('0') : digits;
        return digits.Length - (digits.Contains('.') ? 1 : 0);
    }

    public static Literal ParseString(ParseContext context, ref Lexer lexer)
    {
        var token = lexer.Current;
        context.CountNodes(token.Length / CharactersPerNode);
        var text = token.Kind == TokenKind.String ? LiteralReader.Unquote(lexer.CurrentText) : UnescapeJsonString(context, lexer, token);
        lexer.Advance();
        return new Literal(context.Model.HasComposedStrings ? ComposedText.Compose(text) : text, PrimitiveType.String);
    }

    public static string UnescapeJsonString(ParseContext context, in Lexer lexer, Token token)
    {
        var inner = lexer.GetText(token)[1..^1];
        if (!inner.Contains('\\'))
        {
            return inner.ToString();
        }

        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                text.Append(inner[i]);
                continue;
            }

            i++;
            var escaped = i < inner.Length ? inner[i] : '\0';
            if (escaped == 'u' && inner.Length - i > 4
                && ushort.TryParse(inner.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 4;
                continue;
            }

            var plain = @"""\/bfnrt".IndexOf(escaped, StringComparison.Ordinal);
            text.Append(plain < 0 ? throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, "The JSON string contains an invalid escape sequence.") : "\"\\/\b\f\n\r\t"[plain]);
        }

        return text.ToString();
    }

    public static Literal ParseConstant(ParseContext context, ref Lexer lexer, PrimitiveKind kind)
    {
        var type = PrimitiveType.Get(kind);
        if (!LiteralReader.TryRead(lexer.CurrentText, type, out var value))
        {
            throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, lexer.Current, $"'{ODataErrors.Truncate(lexer.CurrentText)}' is not a valid {type.DisplayName}.");
        }

        lexer.Advance();
        return new Literal(value, type);
    }

    public static Literal ParseDateTime(ParseContext context, ref Lexer lexer)
    {
        var value = LiteralReader.ReadDateTime(lexer.CurrentText, requireZone: true)
            ?? throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, lexer.Current, "The value is not a valid Edm.DateTimeOffset. Write 2026-01-31T08:00:00Z, or an offset such as %2B01:00.");
        lexer.Advance();
        return new Literal(value, PrimitiveType.DateTimeOffset);
    }

    // duration'…', binary'…', geography'…', or an enumeration type and a member.
    public static Literal ParsePrefixedString(ParseContext context, ref Lexer lexer)
    {
        var token = lexer.Current;
        var text = lexer.CurrentText;
        var quote = text.IndexOf('\'');
        var prefix = text[..quote];
        var inner = LiteralReader.Unquote(text[quote..]);
        context.CountNodes(token.Length / CharactersPerNode);
        Literal literal;
        if (prefix.Equals("geography", StringComparison.OrdinalIgnoreCase))
        {
            literal = GeographyLiteralReader.Read(inner, out var problem) is { } shape
                ? new Literal(shape.Value, PrimitiveType.Get(shape.Kind))
                : throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, $"The geography literal is invalid: {problem}.");
        }
        else
        {
            var type = FindPrefixType(context, prefix) ?? throw context.ErrorAt(
                ODataErrorCodes.UnknownType, lexer, token, $"'{ODataErrors.Truncate(prefix)}' is not a literal type; allowed: duration, binary, geography and the enumerations of $metadata.");
            literal = LiteralReader.TryRead(inner, type, out var value)
                ? new Literal(value, type)
                : throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, OperatorBinder.ExplainConstant(inner, type).TrimStart());
        }

        lexer.Advance();
        return literal;
    }

    private static DataType? FindPrefixType(ParseContext context, ReadOnlySpan<char> prefix) =>
        prefix.Equals("duration", StringComparison.OrdinalIgnoreCase) ? PrimitiveType.Duration
        : prefix.Equals("binary", StringComparison.OrdinalIgnoreCase) ? PrimitiveType.Get(PrimitiveKind.Binary)
        : context.Types.Find(prefix.ToString()) as EnumType;
}
