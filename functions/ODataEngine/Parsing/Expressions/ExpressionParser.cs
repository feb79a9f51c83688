using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>
/// Parses common expressions (OData ABNF 4.01, 4: commonExpr) and binds them to the model. This class parses operators and
/// holds the state that the parsers of operands, paths, functions and lists share.
/// </summary>
internal sealed class ExpressionParser(ParseContext context)
{
    // A longer chain of "and" or "or" becomes a balanced tree, so that its height stays small.
    private const int MaxLinearChain = 8;

    private Lexer lexer;
    private int height;
    private List<string>? openAliases;

    /// <summary>The current string; other parsers continue at the end of an expression.</summary>
    public ref Lexer Lexer => ref lexer;

    /// <summary>The current scope of names; the parser of <c>$apply</c> sets it for each transformation.</summary>
    public NameScope Scope { get; set; } = new(null, null);

    /// <summary>The height of the expression that was parsed last.</summary>
    public int Height
    {
        get => height;
        set => height = value;
    }

    /// <summary>The variables of the lambda operators around the current position, innermost last.</summary>
    public List<Variable> LambdaVariables { get; } = [];

    /// <summary>The aliases whose values are being parsed.</summary>
    public List<string> OpenAliases => openAliases ??= [];

    /// <summary>Switches to another string and scope; <see cref="PopInput"/> restores the previous ones.</summary>
    public (Lexer Lexer, NameScope Scope) PushInput(StringSlice range, NameScope scope)
    {
        var saved = (lexer, Scope);
        lexer = new Lexer(range.Text, range.Start, range.End);
        Scope = scope;
        return saved;
    }

    public void PopInput((Lexer Lexer, NameScope Scope) saved) => (lexer, Scope) = saved;

    /// <summary>Parses a whole string as a condition, such as the value of <c>$filter</c>.</summary>
    public Expression ParseCondition(StringSlice range, NameScope scope)
    {
        var saved = PushInput(range, scope);
        var condition = ParseCondition();
        ExpectEnd();
        PopInput(saved);
        return condition;
    }

    /// <summary>Parses the condition at the current position.</summary>
    public Expression ParseCondition()
    {
        var start = lexer.Current;
        var condition = ParseExpression();
        return TypeRules.IsBoolean(condition)
            ? condition
            : throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, start, $"The expression must be a condition (Edm.Boolean), not {TypeRules.DescribeType(condition)}.{OperatorHints.Describe(lexer)}");
    }

    /// <summary>Parses the expression at the current position.</summary>
    public Expression ParseExpression()
    {
        var start = lexer.Current;
        var expression = ParseBinary(OperatorTable.LowestPrecedence);
        return expression is UntypedObjectExpression
            ? throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, start, "An object can only be compared with a complex value.")
            : expression;
    }

    public void ExpectEnd()
    {
        if (!lexer.Is(TokenKind.End))
        {
            throw context.UnexpectedToken(lexer, "an operator or the end");
        }
    }

    public void Expect(TokenKind kind, string expected)
    {
        if (!lexer.Is(kind))
        {
            throw context.UnexpectedToken(lexer, expected);
        }

        lexer.Advance();
    }

    public bool Accept(TokenKind kind)
    {
        if (!lexer.Is(kind))
        {
            return false;
        }

        lexer.Advance();
        return true;
    }

    /// <summary>Parses operators of at least a precedence.</summary>
    public Expression ParseBinary(int minPrecedence)
    {
        var left = ParseUnary();
        while (lexer.Is(TokenKind.Name) && OperatorTable.TryFind(lexer.CurrentText, out var op, out var precedence) && precedence >= minPrecedence)
        {
            if (op is BinaryOperator.And or BinaryOperator.Or)
            {
                left = ParseChain(op, precedence, left);
                continue;
            }

            var token = lexer.Current;
            lexer.Advance();
            context.CountNodes();
            var leftHeight = height;
            var right = ParseBinary(precedence + 1);
            height = context.CheckHeight(Math.Max(leftHeight, height) + 1);
            left = op <= BinaryOperator.Le ? OperatorBinder.BindComparison(context, op, left, right, lexer, token) : OperatorBinder.BindArithmetic(context, op, left, right, lexer, token);
        }

        return left;
    }

    private Expression ParseChain(BinaryOperator op, int precedence, Expression first)
    {
        var maxHeight = height;
        var operands = new List<Expression>(2) { OperatorBinder.RequireCondition(context, first, op, lexer, lexer.Current) };
        while (lexer.Is(TokenKind.Name) && OperatorTable.TryFind(lexer.CurrentText, out var next, out _) && next == op)
        {
            var token = lexer.Current;
            lexer.Advance();
            context.CountNodes();
            operands.Add(OperatorBinder.RequireCondition(context, ParseBinary(precedence + 1), op, lexer, token));
            maxHeight = Math.Max(maxHeight, height);
        }

        height = context.CheckHeight(maxHeight + (operands.Count > MaxLinearChain ? 16 : operands.Count));
        return operands.Count > MaxLinearChain ? OperatorBinder.BindBalancedChain(op, operands) : OperatorBinder.BindChain(op, operands);
    }

    private Expression ParseUnary()
    {
        var token = lexer.Current;
        if (lexer.IsKeyword("not") && lexer.NextCharacter is ' ' or '\t' or '(')
        {
            lexer.Advance();
            context.EnterLevel();
            context.CountNodes();
            var operand = ParseUnary();
            context.LeaveLevel();
            height = context.CheckHeight(height + 1);
            return TypeRules.IsBoolean(operand)
                ? new UnaryExpression(UnaryOperator.Not, operand, PrimitiveType.Boolean)
                : throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, token, $"'not' requires a condition, not {TypeRules.DescribeType(operand)}. 'not' has a higher precedence than 'eq'; write not (a eq b).");
        }

        if (!lexer.Is(TokenKind.Minus) || IsNegativeNumber())
        {
            return ParsePostfix();
        }

        lexer.Advance();
        context.EnterLevel();
        context.CountNodes();
        var negated = ParseUnary();
        context.LeaveLevel();
        height = context.CheckHeight(height + 1);
        return negated switch
        {
            _ when TypeRules.IsNull(negated) => TypeRules.NullLiteral,
            // As in all arithmetic, the result is at least an Int32: a Byte cannot hold -1.
            { Type: PrimitiveType { Kind: PrimitiveKind.Byte or PrimitiveKind.SByte or PrimitiveKind.Int16 } } =>
                new UnaryExpression(UnaryOperator.Negate, TypeRules.Promote(negated, PrimitiveType.Int32), PrimitiveType.Int32),
            { Type: PrimitiveType { IsNumeric: true } or PrimitiveType { Kind: PrimitiveKind.Duration } } => new UnaryExpression(UnaryOperator.Negate, negated, negated.Type),
            _ => throw context.TypeMismatchAt(lexer, token, $"'-' requires a number or a duration, not {TypeRules.DescribeType(negated)}."),
        };
    }

    private bool IsNegativeNumber() =>
        char.IsAsciiDigit(lexer.NextCharacter) || lexer.Text.AsSpan(lexer.Current.End, lexer.End - lexer.Current.End).StartsWith("INF", StringComparison.Ordinal);

    // 'in' and 'has' are primary operators: not x in (1,2) is not (x in (1,2)).
    private Expression ParsePostfix()
    {
        var left = new OperandParser(context, this).Parse();
        while (lexer.Is(TokenKind.Name))
        {
            var token = lexer.Current;
            if (lexer.IsKeyword("in"))
            {
                lexer.Advance();
                context.CountNodes();
                var leftHeight = height;
                var list = new ListParser(context, this).ParseListOperand();
                height = context.CheckHeight(Math.Max(leftHeight, height) + 1);
                var (leftBefore, listBefore) = (left, list);
                left = TypeRules.TryAlignListTypes(ref left, ref list)
                    ? new InExpression(left, list)
                    : throw context.TypeMismatchAt(lexer, token, $"'in' cannot compare {TypeRules.DescribeType(leftBefore)} with the items of {TypeRules.DescribeType(listBefore)}.");
            }
            else if (lexer.IsKeyword("has"))
            {
                lexer.Advance();
                context.CountNodes();
                var leftHeight = height;
                var right = new OperandParser(context, this).Parse();
                height = context.CheckHeight(Math.Max(leftHeight, height) + 1);
                left = left.Type is EnumType && TypeRules.TryConvert(right, left.Type, out var flags)
                    ? new BinaryExpression(BinaryOperator.Has, left, flags, PrimitiveType.Boolean)
                    : throw context.TypeMismatchAt(lexer, token, $"'has' requires an enumeration and one of its members, not {TypeRules.DescribeType(left)} and {TypeRules.DescribeType(right)}.");
            }
            else
            {
                break;
            }
        }

        return left;
    }
}
