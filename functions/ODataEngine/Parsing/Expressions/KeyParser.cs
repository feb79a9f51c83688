using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Parses keys in parentheses (OData 4.01 Part 2, 4.3.1).</summary>
internal readonly ref struct KeyParser(ParseContext context, ExpressionParser expressions)
{
    private ref Lexer Lexer => ref expressions.Lexer;

    /// <summary>Parses a single value, or the named key properties.</summary>
    public KeyAccess Parse(Expression collection, StructuredType type)
    {
        var start = Lexer.Current;
        expressions.Expect(TokenKind.OpenParenthesis, "'('");
        context.EnterLevel();
        var values = new Expression?[type.Key.Count];
        var ahead = Lexer;
        ahead.Advance();
        if (Lexer.Is(TokenKind.Name) && ahead.Is(TokenKind.EqualSign))
        {
            do
            {
                var part = Lexer.Is(TokenKind.Name) ? FindPart(type) : throw context.UnexpectedToken(Lexer, "a key property and '='");
                Lexer.Advance();
                expressions.Expect(TokenKind.EqualSign, "'='");
                values[part] = values[part] is null ? ParseValue(type.Key[part]) : throw InvalidKey(start, type, $"'{type.Key[part].Name}' is specified twice");
            }
            while (expressions.Accept(TokenKind.Comma));
        }
        else if (values.Length == 1)
        {
            values[0] = ParseValue(type.Key[0]);
        }
        else
        {
            throw InvalidKey(start, type, "its parts must be named");
        }

        expressions.Expect(TokenKind.CloseParenthesis, "')'");
        context.LeaveLevel();
        return Array.IndexOf(values, null) < 0
            ? new KeyAccess(collection, values!, type)
            : throw InvalidKey(start, type, "a part is missing");
    }

    private int FindPart(StructuredType type)
    {
        for (var i = 0; i < type.Key.Count; i++)
        {
            if (Lexer.CurrentText.SequenceEqual(type.Key[i].Name))
            {
                return i;
            }
        }

        throw InvalidKey(Lexer.Current, type, $"'{ODataErrors.Truncate(Lexer.CurrentText)}' is not a key property");
    }

    private Expression ParseValue(Property part)
    {
        var token = Lexer.Current;
        var value = expressions.ParseExpression();
        return TypeRules.TryConvert(value, part.Type, out var converted) && !TypeRules.IsNull(converted)
            ? converted
            : throw context.ErrorAt(ODataErrorCodes.TypeMismatch, Lexer, token, $"The key '{part.Name}' is of type {part.Type.DisplayName}, not {TypeRules.DescribeType(value)}.");
    }

    private ODataRequestException InvalidKey(Token token, StructuredType type, string problem) => context.ErrorAt(
        ODataErrorCodes.InvalidKey, Lexer, token, $"The key is invalid: {problem}. The key of {type.DisplayName} is ({FormatTypes(type)}).");

    private static string FormatTypes(StructuredType type) => type.Key.Count == 1
        ? type.Key[0].Type.DisplayName
        : string.Join(",", type.Key.Select(part => $"{part.Name}={part.Type.DisplayName}"));
}
