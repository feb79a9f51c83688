using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// Lists in parentheses or brackets, and objects (OData ABNF 4.01, 4: listExpr; 5: arrayOrObject).
internal sealed partial class ExpressionParser
{
    // After 'in': values in parentheses, or any expression that is a collection.
    private Expression ParseListOperand()
    {
        if (!lexer.Is(TokenKind.Open))
        {
            return ParseOperand();
        }

        var token = lexer.Current;
        lexer.Advance();
        context.Enter();
        var items = ParseItems(TokenKind.Close, "',' or ')'");
        context.Leave();
        return items is [{ Type: CollectionType }] ? items[0] : List(items, token);
    }

    private ListExpression ParseArray()
    {
        var token = lexer.Current;
        lexer.Advance();
        context.Enter();
        var items = ParseItems(TokenKind.CloseBracket, "',' or ']'");
        context.Leave();
        return List(items, token);
    }

    private Expression[] ParseItems(TokenKind close, string expected)
    {
        var items = new List<Expression>();
        var tallest = 0;
        while (!lexer.Is(close))
        {
            if (items.Count > 0)
            {
                Expect(TokenKind.Comma, expected);
            }

            items.Add(ParseBinary(Operators.LowestPrecedence));
            tallest = Math.Max(tallest, height);
            if (items.Count > context.Limits.MaxListItems)
            {
                throw context.OverLimit("items in a list", context.Limits.MaxListItems, nameof(QueryLimits.MaxListItems));
            }
        }

        lexer.Advance();
        height = context.Height(tallest + 1);
        return [.. items];
    }

    private ListExpression List(Expression[] items, Token token)
    {
        var element = TypeRules.Common(null, items);
        if (element is not null)
        {
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = TypeRules.Promote(items[i], element);
            }
        }
        else if (items.FirstOrDefault(item => item.Type is not null) is { } typed)
        {
            var other = items.First(item => TypeRules.Common(typed.Type, [item]) is null);
            throw Mismatch(token, $"the items of a list are of one type, not {TypeRules.Describe(typed)} and {TypeRules.Describe(other)}");
        }

        return new ListExpression(items, new CollectionType(element ?? new UnresolvedType()));
    }

    private UntypedObject ParseObject()
    {
        lexer.Advance();
        context.Enter();
        var members = new List<(string, Expression)>();
        var tallest = 0;
        while (!lexer.Is(TokenKind.CloseBrace))
        {
            if (members.Count > 0)
            {
                Expect(TokenKind.Comma, "',' or '}'");
            }

            var name = lexer.Is(TokenKind.JsonString) ? JsonText(lexer.Current) : throw context.Unexpected(lexer, "a property's name in double quotes");
            lexer.Advance();
            Expect(TokenKind.Colon, "':'");
            members.Add((name, ParseBinary(Operators.LowestPrecedence)));
            tallest = Math.Max(tallest, height);
        }

        lexer.Advance();
        context.Leave();
        height = context.Height(tallest + 1);
        return new UntypedObject(members);
    }

    /// <summary>The type of the items of an empty list, or of objects, until it meets what it is compared with. Never equal to another.</summary>
    private sealed class UnresolvedType : DataType
    {
        public override string FullName => "an unknown type";
    }
}
