using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>
/// Reads common expressions (OData ABNF 4.01, 4: commonExpr) and binds them to the model on the way. Here: operators;
/// the other parts have operands, paths and functions.
/// </summary>
internal sealed partial class ExpressionParser(ParseContext context)
{
    // A longer row of "and" or "or" becomes a balanced tree, so that its height stays small.
    private const int MaxLinearChain = 8;

    private readonly List<Variable> lambdas = [];
    private Lexer lexer;
    private int height;

    /// <summary>The text being read; other parsers take over where an expression ends.</summary>
    public ref Lexer Lexer => ref lexer;

    /// <summary>What names mean here; a parser of steps sets it anew for each.</summary>
    public NameScope Scope { get; set; } = new(null, null);

    public ParseContext Context => context;

    /// <summary>Begins with another text and scope; <see cref="PopInput"/> goes back to what was before.</summary>
    public (Lexer Lexer, NameScope Scope) PushInput(StringSlice range, NameScope scope)
    {
        var saved = (lexer, Scope);
        lexer = new Lexer(range.Text, range.Start, range.End);
        Scope = scope;
        return saved;
    }

    public void PopInput((Lexer Lexer, NameScope Scope) saved) => (lexer, Scope) = saved;

    /// <summary>A whole text that is a condition, such as the value of <c>$filter</c>.</summary>
    public Expression ParseCondition(StringSlice range, NameScope scope)
    {
        var saved = PushInput(range, scope);
        var condition = ParseCondition();
        ExpectEnd();
        PopInput(saved);
        return condition;
    }

    /// <summary>The condition that begins here.</summary>
    public Expression ParseCondition()
    {
        var start = lexer.Current;
        var condition = ParseExpression();
        return TypeRules.IsBoolean(condition)
            ? condition
            : throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, start, $"The expression must be a condition (Edm.Boolean), not {TypeRules.DescribeType(condition)}.");
    }

    /// <summary>The expression that begins here, as far as it goes.</summary>
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

    private Expression ParseBinary(int minPrecedence)
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
            left = op <= BinaryOperator.Le ? CreateComparison(op, left, right, token) : CreateArithmetic(op, left, right, token);
        }

        return left;
    }

    private Expression ParseChain(BinaryOperator op, int precedence, Expression first)
    {
        var maxHeight = height;
        var operands = new List<Expression>(2) { RequireCondition(first, op, lexer.Current) };
        while (lexer.Is(TokenKind.Name) && OperatorTable.TryFind(lexer.CurrentText, out var next, out _) && next == op)
        {
            var token = lexer.Current;
            lexer.Advance();
            context.CountNodes();
            operands.Add(RequireCondition(ParseBinary(precedence + 1), op, token));
            maxHeight = Math.Max(maxHeight, height);
        }

        height = context.CheckHeight(maxHeight + (operands.Count > MaxLinearChain ? 16 : operands.Count));
        return operands.Count > MaxLinearChain ? CreateBalancedTree(op, operands, 0, operands.Count) : CreateLinearTree(op, operands);
    }

    private Expression RequireCondition(Expression operand, BinaryOperator op, Token token) => TypeRules.IsBoolean(operand)
        ? operand
        : throw TypeMismatch(token, $"'{GetOperatorName(op)}' requires conditions on both sides, not {TypeRules.DescribeType(operand)}.");

    private static Expression CreateLinearTree(BinaryOperator op, List<Expression> operands)
    {
        var tree = operands[0];
        for (var i = 1; i < operands.Count; i++)
        {
            tree = new BinaryExpression(op, tree, operands[i], PrimitiveType.Boolean);
        }

        return tree;
    }

    private static Expression CreateBalancedTree(BinaryOperator op, List<Expression> operands, int start, int count)
    {
        if (count == 1)
        {
            return operands[start];
        }

        var half = count / 2;
        return new BinaryExpression(op, CreateBalancedTree(op, operands, start, half), CreateBalancedTree(op, operands, start + half, count - half), PrimitiveType.Boolean);
    }

    private BinaryExpression CreateComparison(BinaryOperator op, Expression left, Expression right, Token token)
    {
        var (leftBefore, rightBefore) = (left, right);
        if (!TypeRules.TryAlignTypes(ref left, ref right))
        {
            throw TypeMismatch(token, $"'{GetOperatorName(op)}' cannot compare {TypeRules.DescribeType(leftBefore)} with {TypeRules.DescribeType(rightBefore)}.{ExplainMismatch(leftBefore, rightBefore)}");
        }

        var either = left.Type ?? right.Type;
        var needsOrder = op is not (BinaryOperator.Eq or BinaryOperator.Ne);
        if ((needsOrder && !TypeRules.IsOrdered(either))
            || (either is PrimitiveType && !TypeRules.IsOrdered(either) && !TypeRules.IsNull(left) && !TypeRules.IsNull(right)))
        {
            throw TypeMismatch(token, $"'{GetOperatorName(op)}' does not apply to {either!.DisplayName}.");
        }

        return new BinaryExpression(op, left, right, PrimitiveType.Boolean);
    }

    // Explains which text the constant should have.
    private static string ExplainMismatch(Expression left, Expression right) => (left, right) switch
    {
        (Literal { Value: string text }, { Type: { } type }) => ExplainConstant(text, type),
        ({ Type: { } type }, Literal { Value: string text }) => ExplainConstant(text, type),
        _ => "",
    };

    private static string ExplainConstant(string text, DataType type) => type switch
    {
        EnumType enumeration => $" '{ODataErrors.Truncate(text)}' is not a member of {type.DisplayName}. Members: {string.Join(", ", enumeration.Members.Select(member => member.Name))}.",
        PrimitiveType { IsNumeric: true } => " Write numbers without quotes.",
        PrimitiveType { Kind: not (PrimitiveKind.String or PrimitiveKind.Boolean) } => $" '{ODataErrors.Truncate(text)}' is not a valid {type.DisplayName}.",
        _ => "",
    };

    private Expression CreateArithmetic(BinaryOperator op, Expression left, Expression right, Token token)
    {
        var (leftBefore, rightBefore) = (left, right);
        if (!ArithmeticRules.TryBind(op, ref left, ref right, out var result))
        {
            throw TypeMismatch(token, $"'{GetOperatorName(op)}' cannot calculate with {TypeRules.DescribeType(leftBefore)} and {TypeRules.DescribeType(rightBefore)}.");
        }

        return result is null ? TypeRules.NullLiteral : new BinaryExpression(op, left, right, result);
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
            // As in all arithmetic the result is an Int32 at least: no Byte holds -1.
            { Type: PrimitiveType { Kind: PrimitiveKind.Byte or PrimitiveKind.SByte or PrimitiveKind.Int16 } } =>
                new UnaryExpression(UnaryOperator.Negate, TypeRules.Promote(negated, PrimitiveType.Int32), PrimitiveType.Int32),
            { Type: PrimitiveType { IsNumeric: true } or PrimitiveType { Kind: PrimitiveKind.Duration } } => new UnaryExpression(UnaryOperator.Negate, negated, negated.Type),
            _ => throw TypeMismatch(token, $"'-' requires a number or a duration, not {TypeRules.DescribeType(negated)}."),
        };
    }

    private bool IsNegativeNumber() =>
        char.IsAsciiDigit(lexer.NextCharacter) || lexer.Text.AsSpan(lexer.Current.End, lexer.End - lexer.Current.End).StartsWith("INF", StringComparison.Ordinal);

    // 'in' and 'has' are primary operators: not x in (1,2) is not (x in (1,2)).
    private Expression ParsePostfix()
    {
        var left = ParseOperand();
        while (lexer.Is(TokenKind.Name))
        {
            var token = lexer.Current;
            if (lexer.IsKeyword("in"))
            {
                lexer.Advance();
                context.CountNodes();
                var leftHeight = height;
                var list = ParseListOperand();
                height = context.CheckHeight(Math.Max(leftHeight, height) + 1);
                var (leftBefore, listBefore) = (left, list);
                left = TypeRules.TryAlignListTypes(ref left, ref list)
                    ? new InExpression(left, list)
                    : throw TypeMismatch(token, $"'in' cannot compare {TypeRules.DescribeType(leftBefore)} with the items of {TypeRules.DescribeType(listBefore)}.");
            }
            else if (lexer.IsKeyword("has"))
            {
                lexer.Advance();
                context.CountNodes();
                var leftHeight = height;
                var right = ParseOperand();
                height = context.CheckHeight(Math.Max(leftHeight, height) + 1);
                left = left.Type is EnumType && TypeRules.TryConvert(right, left.Type, out var flags)
                    ? new BinaryExpression(BinaryOperator.Has, left, flags, PrimitiveType.Boolean)
                    : throw TypeMismatch(token, $"'has' requires an enumeration and one of its members, not {TypeRules.DescribeType(left)} and {TypeRules.DescribeType(right)}.");
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private ODataRequestException TypeMismatch(Token token, string message) => context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, token, message);

    private static string GetOperatorName(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => "or",
        BinaryOperator.And => "and",
        BinaryOperator.Eq => "eq",
        BinaryOperator.Ne => "ne",
        BinaryOperator.Gt => "gt",
        BinaryOperator.Ge => "ge",
        BinaryOperator.Lt => "lt",
        BinaryOperator.Le => "le",
        BinaryOperator.Has => "has",
        BinaryOperator.Add => "add",
        BinaryOperator.Sub => "sub",
        BinaryOperator.Mul => "mul",
        BinaryOperator.Div => "div",
        BinaryOperator.DivBy => "divby",
        _ => "mod",
    };
}
