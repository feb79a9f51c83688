using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

// Lists in parentheses or brackets, and objects (OData ABNF 4.01, 4: listExpr; 5: arrayOrObject).
internal sealed partial class ExpressionParser
{
    // After 'in': values in parentheses, or any expression that is a collection.
    private Expression ParseListOperand()
    {
        if (!lexer.Is(TokenKind.OpenParenthesis))
        {
            return ParseOperand();
        }

        var token = lexer.Current;
        lexer.Advance();
        context.EnterLevel();
        var items = ParseItems(TokenKind.CloseParenthesis, "',' or ')'");
        context.LeaveLevel();
        return items is [{ Type: CollectionType }] ? items[0] : CreateList(items, token);
    }

    private ListExpression ParseArray()
    {
        var token = lexer.Current;
        lexer.Advance();
        context.EnterLevel();
        var items = ParseItems(TokenKind.CloseBracket, "',' or ']'");
        context.LeaveLevel();
        return CreateList(items, token);
    }

    private Expression[] ParseItems(TokenKind close, string expected)
    {
        var items = new List<Expression>();
        var maxHeight = 0;
        while (!lexer.Is(close))
        {
            if (items.Count > 0)
            {
                Expect(TokenKind.Comma, expected);
            }

            items.Add(ParseBinary(OperatorTable.LowestPrecedence));
            maxHeight = Math.Max(maxHeight, height);
            if (items.Count > context.Limits.MaxListItems)
            {
                throw context.LimitExceeded("items in a list", context.Limits.MaxListItems, nameof(ODataLimits.MaxListItems));
            }
        }

        lexer.Advance();
        height = context.CheckHeight(maxHeight + 1);
        return [.. items];
    }

    private ListExpression CreateList(Expression[] items, Token token)
    {
        var element = TypeRules.FindCommonType(null, items);
        if (element is not null)
        {
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = TypeRules.Promote(items[i], element);
            }
        }
        else if (items.FirstOrDefault(item => item.Type is not null) is { } typed)
        {
            var other = items.First(item => TypeRules.FindCommonType(typed.Type, [item]) is null);
            throw TypeMismatch(token, $"The items of a list must have one type, not {TypeRules.DescribeType(typed)} and {TypeRules.DescribeType(other)}.");
        }

        return new ListExpression(items, new CollectionType(element ?? new UnresolvedType()));
    }

    private UntypedObjectExpression ParseObject()
    {
        lexer.Advance();
        context.EnterLevel();
        var members = new List<(string, Expression)>();
        var maxHeight = 0;
        while (!lexer.Is(TokenKind.CloseBrace))
        {
            if (members.Count > 0)
            {
                Expect(TokenKind.Comma, "',' or '}'");
            }

            var name = lexer.Is(TokenKind.JsonString) ? UnescapeJsonString(lexer.Current) : throw context.UnexpectedToken(lexer, "a property name in double quotes");
            lexer.Advance();
            Expect(TokenKind.Colon, "':'");
            members.Add((name, ParseBinary(OperatorTable.LowestPrecedence)));
            maxHeight = Math.Max(maxHeight, height);
        }

        lexer.Advance();
        context.LeaveLevel();
        height = context.CheckHeight(maxHeight + 1);
        return new UntypedObjectExpression(members);
    }

    /// <summary>The type of the items of an empty list, or of objects, until it meets what it is compared with. Never equal to another.</summary>
    private sealed class UnresolvedType : DataType
    {
        public override string FullName => "an unknown type";
    }
}

/// <summary>An object literal before it meets what gives it a type. It never leaves the parser.</summary>
internal sealed record UntypedObjectExpression(IReadOnlyList<(string Name, Expression Value)> Members) : Expression((DataType?)null);
