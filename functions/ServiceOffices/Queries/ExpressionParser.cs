using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>
/// Reads common expressions (OData ABNF 4.01, 4: commonExpr) and binds them to the model on the way. Here: operators;
/// the other parts have operands, paths and functions.
/// </summary>
internal sealed partial class ExpressionParser(ParseContext context)
{
    // A longer row of "and" or "or" becomes a balanced tree, so that its height stays small.
    private const int LongestPlainChain = 8;

    private readonly List<Variable> lambdas = [];
    private Lexer lexer;
    private int height;

    /// <summary>The text being read; other parsers take over where an expression ends.</summary>
    public ref Lexer Lexer => ref lexer;

    /// <summary>What names mean here; a parser of steps sets it anew for each.</summary>
    public Scope Scope { get; set; } = new(null, null);

    public ParseContext Context => context;

    /// <summary>Begins with another text and scope; <see cref="Close"/> goes back to what was before.</summary>
    public (Lexer Lexer, Scope Scope) Open(TextRange range, Scope scope)
    {
        var before = (lexer, Scope);
        lexer = new Lexer(range.Text, range.Start, range.End);
        Scope = scope;
        return before;
    }

    public void Close((Lexer Lexer, Scope Scope) before) => (lexer, Scope) = before;

    /// <summary>A whole text that is a condition, such as the value of <c>$filter</c>.</summary>
    public Expression ParseCondition(TextRange range, Scope scope)
    {
        var before = Open(range, scope);
        var condition = ParseCondition();
        ExpectEnd();
        Close(before);
        return condition;
    }

    /// <summary>The condition that begins here.</summary>
    public Expression ParseCondition()
    {
        var start = lexer.Current;
        var condition = ParseExpression();
        return TypeRules.IsBoolean(condition)
            ? condition
            : throw context.ErrorAt("TypeMismatch", lexer, start, $"a condition is needed, but the expression is of type {TypeRules.Describe(condition)}");
    }

    /// <summary>The expression that begins here, as far as it goes.</summary>
    public Expression ParseExpression()
    {
        var start = lexer.Current;
        var expression = ParseBinary(Operators.LowestPrecedence);
        return expression is UntypedObject
            ? throw context.ErrorAt("TypeMismatch", lexer, start, "an object can only be compared with a complex value")
            : expression;
    }

    public void ExpectEnd()
    {
        if (!lexer.Is(TokenKind.End))
        {
            throw context.Unexpected(lexer, "an operator or the end");
        }
    }

    public void Expect(TokenKind kind, string what)
    {
        if (!lexer.Is(kind))
        {
            throw context.Unexpected(lexer, what);
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

    private Expression ParseBinary(int lowest)
    {
        var left = ParseUnary();
        while (lexer.Is(TokenKind.Name) && Operators.TryFind(lexer.CurrentText, out var op, out var precedence) && precedence >= lowest)
        {
            if (op is BinaryOperator.And or BinaryOperator.Or)
            {
                left = ParseChain(op, precedence, left);
                continue;
            }

            var token = lexer.Current;
            lexer.Advance();
            context.CountNode();
            var leftHeight = height;
            var right = ParseBinary(precedence + 1);
            height = context.Height(Math.Max(leftHeight, height) + 1);
            left = op <= BinaryOperator.Le ? Compare(op, left, right, token) : Calculate(op, left, right, token);
        }

        return left;
    }

    private Expression ParseChain(BinaryOperator op, int precedence, Expression first)
    {
        var tallest = height;
        var operands = new List<Expression>(2) { Condition(first, op, lexer.Current) };
        while (lexer.Is(TokenKind.Name) && Operators.TryFind(lexer.CurrentText, out var next, out _) && next == op)
        {
            var token = lexer.Current;
            lexer.Advance();
            context.CountNode();
            operands.Add(Condition(ParseBinary(precedence + 1), op, token));
            tallest = Math.Max(tallest, height);
        }

        height = context.Height(tallest + (operands.Count > LongestPlainChain ? 16 : operands.Count));
        return operands.Count > LongestPlainChain ? Balance(op, operands, 0, operands.Count) : Line(op, operands);
    }

    private Expression Condition(Expression operand, BinaryOperator op, Token token) => TypeRules.IsBoolean(operand)
        ? operand
        : throw Mismatch(token, $"'{NameOf(op)}' needs conditions on both sides, not {TypeRules.Describe(operand)}");

    private static Expression Line(BinaryOperator op, List<Expression> operands)
    {
        var line = operands[0];
        for (var i = 1; i < operands.Count; i++)
        {
            line = new Binary(op, line, operands[i], PrimitiveType.Boolean);
        }

        return line;
    }

    private static Expression Balance(BinaryOperator op, List<Expression> operands, int start, int count)
    {
        if (count == 1)
        {
            return operands[start];
        }

        var half = count / 2;
        return new Binary(op, Balance(op, operands, start, half), Balance(op, operands, start + half, count - half), PrimitiveType.Boolean);
    }

    private Binary Compare(BinaryOperator op, Expression left, Expression right, Token token)
    {
        var (leftBefore, rightBefore) = (left, right);
        if (!TypeRules.TryAlign(ref left, ref right))
        {
            throw Mismatch(token, $"'{NameOf(op)}' cannot compare {TypeRules.Describe(leftBefore)} with {TypeRules.Describe(rightBefore)}{Reason(leftBefore, rightBefore)}");
        }

        var either = left.Type ?? right.Type;
        var unequalOnly = op is not (BinaryOperator.Eq or BinaryOperator.Ne);
        if ((unequalOnly && !TypeRules.IsOrdered(either))
            || (either is PrimitiveType && !TypeRules.IsOrdered(either) && !TypeRules.IsNull(left) && !TypeRules.IsNull(right)))
        {
            throw Mismatch(token, $"'{NameOf(op)}' does not apply to {either!.FullName}");
        }

        return new Binary(op, left, right, PrimitiveType.Boolean);
    }

    // Says what the text of a constant should have been.
    private static string Reason(Expression left, Expression right) => (left, right) switch
    {
        (Literal { Value: string text }, { Type: { } type }) => Unreadable(text, type),
        ({ Type: { } type }, Literal { Value: string text }) => Unreadable(text, type),
        _ => "",
    };

    private static string Unreadable(string text, DataType type) => type switch
    {
        EnumType enumeration => $": '{Names.Clip(text)}' is no member; members: {string.Join(", ", enumeration.Members.Select(member => member.Name))}",
        PrimitiveType { IsNumeric: true } => ": numbers stand without quotes",
        PrimitiveType { Kind: not (PrimitiveKind.String or PrimitiveKind.Boolean) } => $": '{Names.Clip(text)}' is no {type.FullName}",
        _ => "",
    };

    private Expression Calculate(BinaryOperator op, Expression left, Expression right, Token token)
    {
        var (leftBefore, rightBefore) = (left, right);
        if (!ArithmeticRules.TryBind(op, ref left, ref right, out var result))
        {
            throw Mismatch(token, $"'{NameOf(op)}' cannot calculate with {TypeRules.Describe(leftBefore)} and {TypeRules.Describe(rightBefore)}");
        }

        return result is null ? TypeRules.Null : new Binary(op, left, right, result);
    }

    private Expression ParseUnary()
    {
        var token = lexer.Current;
        if (lexer.IsWord("not") && lexer.After is ' ' or '\t' or '(')
        {
            lexer.Advance();
            context.Enter();
            context.CountNode();
            var operand = ParseUnary();
            context.Leave();
            height = context.Height(height + 1);
            return TypeRules.IsBoolean(operand)
                ? new Unary(UnaryOperator.Not, operand, PrimitiveType.Boolean)
                : throw context.ErrorAt("TypeMismatch", lexer, token, $"'not' needs a condition, not {TypeRules.Describe(operand)}", "it binds tighter than 'eq': write not (a eq b)");
        }

        if (!lexer.Is(TokenKind.Minus) || IsNegativeNumber())
        {
            return ParsePostfix();
        }

        lexer.Advance();
        context.Enter();
        context.CountNode();
        var negated = ParseUnary();
        context.Leave();
        height = context.Height(height + 1);
        return negated switch
        {
            _ when TypeRules.IsNull(negated) => TypeRules.Null,
            // As in all arithmetic the result is an Int32 at least: no Byte holds -1.
            { Type: PrimitiveType { Kind: PrimitiveKind.Byte or PrimitiveKind.SByte or PrimitiveKind.Int16 } } =>
                new Unary(UnaryOperator.Negate, TypeRules.Promote(negated, PrimitiveType.Int32), PrimitiveType.Int32),
            { Type: PrimitiveType { IsNumeric: true } or PrimitiveType { Kind: PrimitiveKind.Duration } } => new Unary(UnaryOperator.Negate, negated, negated.Type),
            _ => throw Mismatch(token, $"'-' needs a number or a duration, not {TypeRules.Describe(negated)}"),
        };
    }

    private bool IsNegativeNumber() =>
        char.IsAsciiDigit(lexer.After) || lexer.Text.AsSpan(lexer.Current.End, lexer.End - lexer.Current.End).StartsWith("INF", StringComparison.Ordinal);

    // 'in' and 'has' are primary operators: not x in (1,2) is not (x in (1,2)).
    private Expression ParsePostfix()
    {
        var left = ParseOperand();
        while (lexer.Is(TokenKind.Name))
        {
            var token = lexer.Current;
            if (lexer.IsWord("in"))
            {
                lexer.Advance();
                context.CountNode();
                var leftHeight = height;
                var list = ParseListOperand();
                height = context.Height(Math.Max(leftHeight, height) + 1);
                var (leftBefore, listBefore) = (left, list);
                left = TypeRules.TryAlignList(ref left, ref list)
                    ? new In(left, list)
                    : throw Mismatch(token, $"'in' cannot look for {TypeRules.Describe(leftBefore)} in {TypeRules.Describe(listBefore)}");
            }
            else if (lexer.IsWord("has"))
            {
                lexer.Advance();
                context.CountNode();
                var leftHeight = height;
                var right = ParseOperand();
                height = context.Height(Math.Max(leftHeight, height) + 1);
                left = left.Type is EnumType && TypeRules.TryConvert(right, left.Type, out var flags)
                    ? new Binary(BinaryOperator.Has, left, flags, PrimitiveType.Boolean)
                    : throw Mismatch(token, $"'has' needs an enumeration and one of its members, not {TypeRules.Describe(left)} and {TypeRules.Describe(right)}");
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private QueryException Mismatch(Token token, string message) => context.ErrorAt("TypeMismatch", lexer, token, message);

    private static string NameOf(BinaryOperator op) => op switch
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
