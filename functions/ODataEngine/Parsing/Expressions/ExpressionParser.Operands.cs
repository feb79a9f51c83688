using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

// Operands: names, variables, aliases, parentheses; literals and lists have parts of their own.
internal sealed partial class ExpressionParser
{
    private List<string>? openAliases;

    private Expression ParseOperand()
    {
        context.CountNodes();
        height = 1;
        var operand = lexer.Current.Kind switch
        {
            TokenKind.Name => ParseName(),
            TokenKind.Integer or TokenKind.Decimal or TokenKind.Double or TokenKind.Minus => ParseNumber(),
            TokenKind.String or TokenKind.JsonString => ParseString(),
            TokenKind.PrefixedString => ParsePrefixedString(),
            TokenKind.Guid => ParseConstant(PrimitiveKind.Guid),
            TokenKind.Date => ParseConstant(PrimitiveKind.Date),
            TokenKind.Time => ParseConstant(PrimitiveKind.TimeOfDay),
            TokenKind.DateTime => ParseDateTime(),
            TokenKind.DollarName => ParseDollarName(),
            TokenKind.AtName => ParseAlias(),
            TokenKind.OpenParenthesis => ParseParentheses(),
            TokenKind.OpenBracket => ParseArray(),
            TokenKind.OpenBrace => ParseObject(),
            _ => throw context.UnexpectedToken(lexer, "an expression"),
        };
        return ParsePath(operand);
    }

    private Expression ParseParentheses()
    {
        lexer.Advance();
        context.EnterLevel();
        var inner = ParseBinary(OperatorTable.LowestPrecedence);
        context.LeaveLevel();
        Expect(TokenKind.CloseParenthesis, "an operator or ')'");
        return inner;
    }

    // A bare name: a constant, a function, a lambda variable, a property of the row.
    private Expression ParseName()
    {
        var token = lexer.Current;
        var name = lexer.CurrentText;
        if (FindConstant(name) is { } constant)
        {
            lexer.Advance();
            return constant;
        }

        for (var i = lambdas.Count - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(lambdas[i].Name))
            {
                lexer.Advance();
                return lambdas[i];
            }
        }

        var row = Scope.Row;
        var property = Scope.RowType is { } type ? NameLookup.FindProperty(type, name) : null;
        if (lexer.NextCharacter == '(' && property is not { Type: CollectionType, IsNavigation: true })
        {
            return ParseFunction();
        }

        if (property is not null)
        {
            lexer.Advance();
            height = 2;
            return new PropertyAccess(row!, property);
        }

        if (row is not null && Scope.FindComputed(row.Slot, name) is { } computed)
        {
            lexer.Advance();
            return new ComputedAccess(row.Slot, computed);
        }

        if (Scope.RowType is { } known && NameLookup.FindTypeCast(known, name) is { } target)
        {
            lexer.Advance();
            height = 2;
            return TypeRules.ToDerivedType(row!, target);
        }

        throw UnknownName(token, name);
    }

    private static Literal? FindConstant(ReadOnlySpan<char> name) => name.Length > 5 ? null
        : name is "null" ? TypeRules.NullLiteral
        : name.Equals("true", StringComparison.OrdinalIgnoreCase) ? new Literal(true, PrimitiveType.Boolean)
        : name.Equals("false", StringComparison.OrdinalIgnoreCase) ? new Literal(false, PrimitiveType.Boolean)
        : name is "INF" ? new Literal(double.PositiveInfinity, PrimitiveType.Double)
        : name is "NaN" ? new Literal(double.NaN, PrimitiveType.Double)
        : null;

    private ODataRequestException UnknownName(Token token, ReadOnlySpan<char> name) => Scope.Row switch
    {
        null => context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, $"'{ODataErrors.Truncate(name)}' is not a constant. Write strings in single quotes."),
        { VariableType: StructuredType type } => context.ErrorAt(ODataErrorCodes.UnknownProperty, lexer, token, ODataErrors.UnknownProperty(type, name)),
        var row => context.ErrorAt(ODataErrorCodes.UnknownProperty, lexer, token, $"{row.VariableType.DisplayName} has no property '{ODataErrors.Truncate(name)}'. Use {row.Name} for an item."),
    };

    private Expression ParseDollarName()
    {
        var token = lexer.Current;
        var row = lexer.CurrentText switch
        {
            "$it" => Scope.Outermost.Row,
            "$this" => Scope.Row,
            "$root" => null,
            "$these" => throw context.NotSupportedAt(lexer, token, "$these is not supported."),
            _ => throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, $"'{ODataErrors.Truncate(lexer.CurrentText)}' is not an expression; allowed: $it, $this, $root."),
        };
        if (lexer.IsDollarName("$root"))
        {
            return ParseRoot();
        }

        if (row is null)
        {
            throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, $"'{ODataErrors.Truncate(lexer.CurrentText)}' is not defined here.");
        }

        lexer.Advance();
        return row;
    }

    private RootEntitySet ParseRoot()
    {
        lexer.Advance();
        Expect(TokenKind.Slash, "'/' and an entity set");
        var set = lexer.Is(TokenKind.Name) ? context.Model.Find(lexer.CurrentText.ToString()) : null;
        if (set is null)
        {
            throw context.ErrorAt(
                ODataErrorCodes.UnknownEntitySet, lexer, lexer.Current, ODataErrors.UnknownEntitySet(context.Model, lexer.CurrentText));
        }

        lexer.Advance();
        return new RootEntitySet(set);
    }

    // 4.01 Part 1, 11.2.6.1.3: an alias without a value is null. Its text is read again at each use, where its type may be another.
    private Expression ParseAlias()
    {
        var token = lexer.Current;
        var name = lexer.CurrentText.ToString();
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw context.NotSupportedAt(lexer, token, "Annotations in expressions are not supported.");
        }

        lexer.Advance();
        if ((Scope.FindAlias(name) ?? context.Options.FindAlias(name)) is not { } text)
        {
            return TypeRules.NullLiteral;
        }

        // Read again at each use, a long text costs at each.
        context.CountNodes(text.Span.Length / CharactersPerNode);
        openAliases ??= [];
        if (openAliases.Contains(name))
        {
            throw context.Error(ODataErrorCodes.AliasCycle, $"The alias {ODataErrors.Truncate(name)} refers to itself through {ODataErrors.Truncate(string.Join(", ", openAliases))}.");
        }

        openAliases.Add(name);
        context.EnterLevel();
        var target = context.Target;
        context.Target = name;
        var saved = PushInput(text, Scope);
        var value = ParseBinary(OperatorTable.LowestPrecedence);
        ExpectEnd();
        PopInput(saved);
        context.Target = target;
        context.LeaveLevel();
        openAliases.RemoveAt(openAliases.Count - 1);
        return value;
    }
}
