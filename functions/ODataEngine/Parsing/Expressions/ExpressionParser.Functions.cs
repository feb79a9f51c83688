using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

// Calls of functions (OData 4.01 Part 2, 5.1.1.4 to 5.1.1.12).
internal sealed partial class ExpressionParser
{
    private const int MaxArguments = 3;

    private Expression ParseFunction()
    {
        var token = lexer.Current;
        var name = lexer.CurrentText;
        if (name.Equals("case", StringComparison.OrdinalIgnoreCase))
        {
            return ParseInParentheses(ParseCase);
        }

        if (name.Equals("cast", StringComparison.OrdinalIgnoreCase))
        {
            return ParseInParentheses(() => ParseConversion(token, isCast: true));
        }

        if (name.Equals("isof", StringComparison.OrdinalIgnoreCase))
        {
            return ParseInParentheses(() => ParseConversion(token, isCast: false));
        }

        var overloads = CanonicalFunctions.Find(name) ?? throw context.ErrorAt(
            ODataErrorCodes.UnknownFunction, lexer, token,
            $"The function '{ODataErrors.Truncate(name)}' does not exist. {ODataErrors.Suggest(name, CanonicalFunctions.Names.Concat(["case", "cast", "isof"]), "Functions")}");
        lexer.Advance();
        lexer.Advance();
        context.EnterLevel();
        var arguments = ParseArguments();
        context.LeaveLevel();
        if (CanonicalFunctions.Bind(overloads, arguments) is { } call)
        {
            context.IsTimeDependent |= call is FunctionCall { Function: CanonicalFunction.Now };
            return call;
        }

        var function = lexer.GetText(token).ToString();
        throw context.ErrorAt(
            ODataErrorCodes.TypeMismatch, lexer, token, $"{function}({string.Join(',', arguments.Select(TypeRules.DescribeType))}) does not exist; allowed: {CanonicalFunctions.Describe(function, overloads)}.");
    }

    private Expression ParseInParentheses(Func<Expression> parse)
    {
        lexer.Advance();
        lexer.Advance();
        context.EnterLevel();
        var expression = parse();
        context.LeaveLevel();
        Expect(TokenKind.CloseParenthesis, "')'");
        return expression;
    }

    private Expression[] ParseArguments()
    {
        if (Accept(TokenKind.CloseParenthesis))
        {
            return [];
        }

        var first = ParseExpression();
        var maxHeight = height;
        if (Accept(TokenKind.CloseParenthesis))
        {
            height = context.CheckHeight(maxHeight + 1);
            return [first];
        }

        var arguments = new List<Expression>(MaxArguments) { first };
        while (Accept(TokenKind.Comma))
        {
            arguments.Add(ParseExpression());
            maxHeight = Math.Max(maxHeight, height);
        }

        Expect(TokenKind.CloseParenthesis, "an operator, ',' or ')'");
        height = context.CheckHeight(maxHeight + 1);
        return [.. arguments];
    }

    private Expression ParseCase()
    {
        var token = lexer.Current;
        var branches = new List<(Expression Condition, Expression Value)>();
        var maxHeight = 0;
        do
        {
            var condition = ParseCondition();
            maxHeight = Math.Max(maxHeight, height);
            Expect(TokenKind.Colon, "an operator or ':'");
            branches.Add((condition, ParseExpression()));
            maxHeight = Math.Max(maxHeight, height);
        }
        while (Accept(TokenKind.Comma));

        height = context.CheckHeight(maxHeight + 1);
        var values = branches.ConvertAll(branch => branch.Value);
        var type = TypeRules.FindCommonType(null, values);
        if (type is null && values.Find(value => !TypeRules.IsNull(value)) is { } typed)
        {
            var other = values.Find(value => TypeRules.FindCommonType(typed.Type, [value]) is null) ?? typed;
            throw TypeMismatch(token, $"The results of case() must have one type, not {TypeRules.DescribeType(typed)} and {TypeRules.DescribeType(other)}.");
        }

        return type is null ? TypeRules.NullLiteral : new CaseExpression(branches.ConvertAll(branch => (branch.Condition, TypeRules.Promote(branch.Value, type))), type);
    }

    private Expression ParseConversion(Token token, bool isCast)
    {
        var operand = TryParseType() is { } rowTarget ? ((Expression)GetCurrentRow(token), rowTarget) : ParseConversionOperand();
        var (source, target) = operand;
        height = context.CheckHeight(height + 1);
        if (!isCast)
        {
            return new IsOfExpression(source, target);
        }

        if (source.Type is not null && TypeRules.AreSame(source.Type, target))
        {
            return source;
        }

        if (source is Literal { Value: string text } && LiteralReader.TryRead(text, target, out var value))
        {
            return new Literal(value, target);
        }

        if (source is Literal { Value: { } constant } && source.IsNumeric && target is PrimitiveType { IsNumeric: true, Kind: var kind } && NumericConversion.Convert(constant, kind) is { } number)
        {
            return new Literal(number, target);
        }

        return IsCastable(source.Type, target)
            ? new CastExpression(source, target)
            : throw TypeMismatch(token, $"{TypeRules.DescribeType(source)} cannot be cast to {target.DisplayName}.");
    }

    // A cast between structured types of which neither derives from the other can never succeed, nor one to or from a primitive type.
    private static bool IsCastable(DataType? source, DataType target) => (source, target) switch
    {
        (null, _) => true,
        (StructuredType from, StructuredType to) => from.IsOrDerivesFrom(to) || to.IsOrDerivesFrom(from),
        (StructuredType, _) or (_, StructuredType) => false,
        (CollectionType from, CollectionType to) => TypeRules.AreSame(from.Element, to.Element) || IsCastable(from.Element, to.Element),
        (CollectionType, _) or (_, CollectionType) => false,
        _ => true,
    };

    private (Expression Source, DataType Target) ParseConversionOperand()
    {
        var source = ParseExpression();
        Expect(TokenKind.Comma, "',' and a type");
        var target = TryParseType() ?? throw context.ErrorAt(
            ODataErrorCodes.UnknownType, lexer, lexer.Current, "The type does not exist. Use type names as in $metadata: Edm.Int32, Collection(Edm.String), ….");
        return (source, target);
    }

    private Variable GetCurrentRow(Token token) =>
        Scope.Row ?? throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, token, "There is no current instance here.");

    /// <summary>The type that is named here; null, with nothing consumed, where none is. Old clients quote the name.</summary>
    private DataType? TryParseType()
    {
        var saved = lexer;
        string? name = lexer.Current.Kind switch
        {
            TokenKind.Name => lexer.CurrentText.ToString(),
            TokenKind.String => LiteralReader.Unquote(lexer.CurrentText),
            _ => null,
        };
        if (name is not null)
        {
            lexer.Advance();
            if (name == "Collection" && Accept(TokenKind.OpenParenthesis))
            {
                name = $"Collection({lexer.CurrentText})";
                lexer.Advance();
                _ = Accept(TokenKind.CloseParenthesis);
            }

            if (context.Types.Find(name) is { } type && lexer.Is(TokenKind.CloseParenthesis))
            {
                return type;
            }
        }

        lexer = saved;
        return null;
    }
}
