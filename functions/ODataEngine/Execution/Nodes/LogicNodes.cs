using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Nodes;

// The nodes of and, or, not, comparisons and null tests. Three-valued logic and null comparison are OData 4.01 Part 2, 5.1.1.1.

internal sealed class AndNode(Node<bool> left, Node<bool> right) : Node<bool>
{
    public Node<bool> Left { get; } = left;

    public Node<bool> Right { get; } = right;

    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var hasLeft = Left.TryGet(context, out var leftValue);
        value = false;
        if (hasLeft && !leftValue)
        {
            return true;
        }

        var hasRight = Right.TryGet(context, out var rightValue);
        if (hasRight && !rightValue)
        {
            return true;
        }

        value = true;
        return hasLeft && hasRight;
    }
}

internal sealed class OrNode(Node<bool> left, Node<bool> right) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var hasLeft = left.TryGet(context, out var leftValue);
        value = true;
        if (hasLeft && leftValue)
        {
            return true;
        }

        var hasRight = right.TryGet(context, out var rightValue);
        if (hasRight && rightValue)
        {
            return true;
        }

        value = false;
        return hasLeft && hasRight;
    }
}

internal sealed class NotNode(Node<bool> operand) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var known = operand.TryGet(context, out var operandValue);
        value = !operandValue;
        return known;
    }
}

/// <summary>Evaluates eq and ne: null equals only null; the result is never null.</summary>
internal sealed class EqualNode<T>(Node<T> left, Node<T> right, bool negated) : Node<bool>
{
    public Node<T> Left { get; } = left;

    public Node<T> Right { get; } = right;

    public bool Negated { get; } = negated;

    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var hasLeft = Left.TryGet(context, out var leftValue);
        var hasRight = Right.TryGet(context, out var rightValue);
        var areEqual = hasLeft == hasRight && (!hasLeft || ValueComparer<T>.AreEqual(leftValue, rightValue));
        value = areEqual != Negated;
        return true;
    }
}

/// <summary>Evaluates gt, ge, lt and le: false if an operand is null.</summary>
internal sealed class ComparisonNode<T>(BinaryOperator comparison, Node<T> left, Node<T> right) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = left.TryGet(context, out var leftValue) && right.TryGet(context, out var rightValue) && IsTrue(leftValue, rightValue);
        return true;
    }

    private bool IsTrue(T leftValue, T rightValue)
    {
        // IEEE 754: every comparison with NaN is false, but Compare orders NaN before all numbers.
        if (ValueComparer<T>.IsNaN(leftValue) || ValueComparer<T>.IsNaN(rightValue))
        {
            return false;
        }

        return Comparisons.IsTrue(comparison, ValueComparer<T>.Compare(leftValue, rightValue));
    }
}

/// <summary>Evaluates gt, ge, lt and le of strings with a collation, consistently with their order: false if an operand is null.</summary>
internal sealed class CollatedComparisonNode(Collation collation, BinaryOperator comparison, Node<string> left, Node<string> right) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = left.TryGet(context, out var leftValue) && right.TryGet(context, out var rightValue)
            && Comparisons.IsTrue(comparison, collation.Compare(leftValue, rightValue));
        return true;
    }
}

/// <summary>Converts the order of two values to the result of a comparison.</summary>
internal static class Comparisons
{
    public static bool IsTrue(BinaryOperator comparison, int order) => comparison switch
    {
        BinaryOperator.Gt => order > 0,
        BinaryOperator.Ge => order >= 0,
        BinaryOperator.Lt => order < 0,
        _ => order <= 0,
    };
}

/// <summary>Tests whether a primitive value is null.</summary>
internal sealed class IsNullNode<T>(Node<T> operand, bool negated) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = !operand.TryGet(context, out _) != negated;
        return true;
    }
}

/// <summary>Tests whether a structured value is null.</summary>
internal sealed class IsNullRowNode(RowNode operand, bool negated) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = operand.GetRow(context) < 0 != negated;
        return true;
    }
}

/// <summary>Tests whether two structured values are equal: entities by identity, complex values by their properties.</summary>
internal sealed class EqualRowsNode(RowNode left, RowNode right, bool negated) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var (leftRow, rightRow) = (left.GetRow(context), right.GetRow(context));
        var areEqual = leftRow < 0 || rightRow < 0
            ? leftRow < 0 && rightRow < 0
            : AreEqual(left.Table, leftRow, right.Table, rightRow);
        value = areEqual != negated;
        return true;
    }

    public static bool AreEqual(Table table, int row, Table otherTable, int otherRow) => table.Type.IsEntity && ReferenceEquals(table, otherTable)
        ? row == otherRow
        : table.RowEquals(row, otherTable, otherRow);
}
