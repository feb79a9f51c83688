using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Parses calls of functions (OData 4.01 Part 2, 5.1.1.4 to 5.1.1.12).</summary>
internal readonly ref struct FunctionParser(ParseContext context, ExpressionParser expressions)
{
    private const int MaxArguments = 3;

    private ref Lexer Lexer => ref expressions.Lexer;

    public Expression Parse()
    {
        var token = Lexer.Current;
        var name = Lexer.CurrentText;
        if (name.Equals("case", StringComparison.OrdinalIgnoreCase))
        {
            EnterParentheses();
            return LeaveParentheses(ParseCase());
        }

        if (name.Equals("isdefined", StringComparison.OrdinalIgnoreCase))
        {
            EnterParentheses();
            return LeaveParentheses(ParseIsDefined());
        }

        var isCast = name.Equals("cast", StringComparison.OrdinalIgnoreCase);
        if (isCast || name.Equals("isof", StringComparison.OrdinalIgnoreCase))
        {
            EnterParentheses();
            return LeaveParentheses(ParseConversion(token, isCast));
        }

        var overloads = CanonicalFunctions.Find(name) ?? throw context.ErrorAt(
            ODataErrorCodes.UnknownFunction, Lexer, token,
            $"The function '{ODataErrors.Truncate(name)}' does not exist. {ODataErrors.Suggest(name, CanonicalFunctions.Names.Concat(["case", "cast", "isof", "isdefined"]), "Functions")}");
        EnterParentheses();
        var arguments = ParseArguments();
        context.LeaveLevel();
        if (CanonicalFunctions.Bind(overloads, arguments) is { } call)
        {
            context.IsTimeDependent |= call is FunctionCall { Function: CanonicalFunction.Now };
            return call;
        }

        var function = Lexer.GetText(token).ToString();
        throw context.ErrorAt(
            ODataErrorCodes.TypeMismatch, Lexer, token, $"{function}({string.Join(',', arguments.Select(TypeRules.DescribeType))}) does not exist; allowed: {CanonicalFunctions.Describe(function, overloads)}.");
    }

    private void EnterParentheses()
    {
        Lexer.Advance();
        Lexer.Advance();
        context.EnterLevel();
    }

    private Expression LeaveParentheses(Expression expression)
    {
        context.LeaveLevel();
        expressions.Expect(TokenKind.CloseParenthesis, "')'");
        return expression;
    }

    private Expression[] ParseArguments()
    {
        if (expressions.Accept(TokenKind.CloseParenthesis))
        {
            return [];
        }

        var first = expressions.ParseExpression();
        var maxHeight = expressions.Height;
        if (expressions.Accept(TokenKind.CloseParenthesis))
        {
            expressions.Height = context.CheckHeight(maxHeight + 1);
            return [first];
        }

        var arguments = new List<Expression>(MaxArguments) { first };
        while (expressions.Accept(TokenKind.Comma))
        {
            arguments.Add(expressions.ParseExpression());
            maxHeight = Math.Max(maxHeight, expressions.Height);
        }

        expressions.Expect(TokenKind.CloseParenthesis, "an operator, ',' or ')'");
        expressions.Height = context.CheckHeight(maxHeight + 1);
        return [.. arguments];
    }

    private Expression ParseIsDefined()
    {
        var token = Lexer.Current;
        return expressions.ParseExpression() switch
        {
            PropertyAccess access => new IsDefinedExpression(access),
            ComputedAccess => new Literal(true, PrimitiveType.Boolean),
            var other => throw context.TypeMismatchAt(Lexer, token, $"The argument of isdefined must be a path to a property, not {TypeRules.DescribeType(other)}."),
        };
    }

    private Expression ParseCase()
    {
        var token = Lexer.Current;
        var branches = new List<(Expression Condition, Expression Value)>();
        var maxHeight = 0;
        do
        {
            var condition = expressions.ParseCondition();
            maxHeight = Math.Max(maxHeight, expressions.Height);
            expressions.Expect(TokenKind.Colon, "an operator or ':'");
            branches.Add((condition, expressions.ParseExpression()));
            maxHeight = Math.Max(maxHeight, expressions.Height);
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.Height = context.CheckHeight(maxHeight + 1);
        var values = branches.ConvertAll(branch => branch.Value);
        var type = TypeRules.FindCommonType(null, values);
        if (type is null && values.Find(value => !TypeRules.IsNull(value)) is { } typed)
        {
            var other = values.Find(value => TypeRules.FindCommonType(typed.Type, [value]) is null) ?? typed;
            throw context.TypeMismatchAt(Lexer, token, $"The results of case() must have one type, not {TypeRules.DescribeType(typed)} and {TypeRules.DescribeType(other)}.");
        }

        return type is null ? TypeRules.NullLiteral : new CaseExpression(branches.ConvertAll(branch => (branch.Condition, TypeRules.Promote(branch.Value, type))), type);
    }

    private Expression ParseConversion(Token token, bool isCast)
    {
        var operand = TryParseType() is { } rowTarget ? ((Expression)GetCurrentRow(token), rowTarget) : ParseConversionOperand();
        var (source, target) = operand;
        expressions.Height = context.CheckHeight(expressions.Height + 1);
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
            : throw context.TypeMismatchAt(Lexer, token, $"{TypeRules.DescribeType(source)} cannot be cast to {target.DisplayName}.");
    }

    // A cast between unrelated structured types, or between a structured and a primitive type, never succeeds.
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
        var source = expressions.ParseExpression();
        expressions.Expect(TokenKind.Comma, "',' and a type");
        var target = TryParseType() ?? throw context.ErrorAt(
            ODataErrorCodes.UnknownType, Lexer, Lexer.Current, "The type does not exist. Use type names as in $metadata: Edm.Int32, Collection(Edm.String), ….");
        return (source, target);
    }

    private Variable GetCurrentRow(Token token) =>
        expressions.Scope.Row ?? throw context.ErrorAt(ODataErrorCodes.Syntax, Lexer, token, "The first argument must be a value here, because there is no current row.");

    /// <summary>Parses a type name; returns null without consuming anything if there is none. Old clients quote the name.</summary>
    private DataType? TryParseType()
    {
        var saved = Lexer;
        string? name = Lexer.Current.Kind switch
        {
            TokenKind.Name => Lexer.CurrentText.ToString(),
            TokenKind.String => LiteralReader.Unquote(Lexer.CurrentText),
            _ => null,
        };
        if (name is not null)
        {
            Lexer.Advance();
            if (name == "Collection" && expressions.Accept(TokenKind.OpenParenthesis))
            {
                name = $"Collection({Lexer.CurrentText})";
                Lexer.Advance();
                _ = expressions.Accept(TokenKind.CloseParenthesis);
            }

            if (context.Types.Find(name) is { } type && Lexer.Is(TokenKind.CloseParenthesis))
            {
                return type;
            }
        }

        Lexer = saved;
        return null;
    }
}
