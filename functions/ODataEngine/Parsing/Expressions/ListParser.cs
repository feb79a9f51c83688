using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Parses lists in parentheses or brackets, and objects (OData ABNF 4.01, 4: listExpr; 5: arrayOrObject).</summary>
internal readonly ref struct ListParser(ParseContext context, ExpressionParser expressions)
{
    private ref Lexer Lexer => ref expressions.Lexer;

    // The right operand of 'in': values in parentheses, or an expression of a collection type.
    public Expression ParseListOperand()
    {
        if (!Lexer.Is(TokenKind.OpenParenthesis))
        {
            return new OperandParser(context, expressions).Parse();
        }

        var token = Lexer.Current;
        Lexer.Advance();
        context.EnterLevel();
        var items = ParseItems(TokenKind.CloseParenthesis, "',' or ')'");
        context.LeaveLevel();
        return items is [{ Type: CollectionType }] ? items[0] : CreateList(items, token);
    }

    public ListExpression ParseArray()
    {
        var token = Lexer.Current;
        Lexer.Advance();
        context.EnterLevel();
        var items = ParseItems(TokenKind.CloseBracket, "',' or ']'");
        context.LeaveLevel();
        return CreateList(items, token);
    }

    private Expression[] ParseItems(TokenKind close, string expected)
    {
        var items = new List<Expression>();
        var maxHeight = 0;
        while (!Lexer.Is(close))
        {
            if (items.Count > 0)
            {
                expressions.Expect(TokenKind.Comma, expected);
            }

            items.Add(expressions.ParseBinary(OperatorTable.LowestPrecedence));
            maxHeight = Math.Max(maxHeight, expressions.Height);
            if (items.Count > context.Limits.MaxListItems)
            {
                throw context.LimitExceeded("items in a list", context.Limits.MaxListItems, nameof(ODataLimits.MaxListItems));
            }
        }

        Lexer.Advance();
        expressions.Height = context.CheckHeight(maxHeight + 1);
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
            throw context.TypeMismatchAt(Lexer, token, $"The items of a list must have one type, not {TypeRules.DescribeType(typed)} and {TypeRules.DescribeType(other)}.");
        }

        return new ListExpression(items, new CollectionType(element ?? new UnresolvedType()));
    }

    public UntypedObjectExpression ParseObject()
    {
        Lexer.Advance();
        context.EnterLevel();
        var members = new List<(string, Expression)>();
        var maxHeight = 0;
        while (!Lexer.Is(TokenKind.CloseBrace))
        {
            if (members.Count > 0)
            {
                expressions.Expect(TokenKind.Comma, "',' or '}'");
            }

            var name = Lexer.Is(TokenKind.JsonString) ? LiteralParser.UnescapeJsonString(context, Lexer, Lexer.Current) : throw context.UnexpectedToken(Lexer, "a property name in double quotes");
            Lexer.Advance();
            expressions.Expect(TokenKind.Colon, "':'");
            members.Add((name, expressions.ParseBinary(OperatorTable.LowestPrecedence)));
            maxHeight = Math.Max(maxHeight, expressions.Height);
        }

        Lexer.Advance();
        context.LeaveLevel();
        expressions.Height = context.CheckHeight(maxHeight + 1);
        return new UntypedObjectExpression(members);
    }

    /// <summary>The type of the items of an empty list, or of objects, until they are compared with a typed value. It equals no other type.</summary>
    private sealed class UnresolvedType : DataType
    {
        public override string FullName => "an unknown type";
    }
}

/// <summary>An object literal before it is compared with a typed value. Only used inside the parser.</summary>
internal sealed record UntypedObjectExpression(IReadOnlyList<(string Name, Expression Value)> Members) : Expression((DataType?)null);
