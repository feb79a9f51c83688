using ODataEngine.Execution.Filters;
using ODataEngine.Model;

namespace ODataEngine.Execution.Nodes;

// The nodes that test or count the items of a collection or a list: in, any, all and $count.

/// <summary>Evaluates <c>in</c> over constants; null matches if the list contains null.</summary>
internal sealed class InSetNode<T>(Node<T> operand, HashSet<T> set, bool hasNull) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = operand.TryGet(context, out var item) ? set.Contains(item) : hasNull;
        return true;
    }
}

/// <summary>Evaluates <c>in</c> over expressions.</summary>
internal sealed class InListNode<T>(Node<T> operand, Node<T>[] items) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var hasValue = operand.TryGet(context, out var operandValue);
        value = false;
        foreach (var item in items)
        {
            if (item.TryGet(context, out var itemValue) == hasValue && (!hasValue || ValueComparer<T>.AreEqual(operandValue, itemValue)))
            {
                value = true;
                return true;
            }
        }

        return true;
    }
}

/// <summary>Evaluates <c>in</c> over the items of a primitive collection.</summary>
internal sealed class InCollectionNode<T>(Node<T> operand, CollectionNode collection, ValueColumn<T> items) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = false;
        if (operand.TryGet(context, out var operandValue))
        {
            var range = collection.GetRows(context);
            context.Budget.ConsumeSteps(range.Count, 1);
            for (var i = 0; i < range.Count && !value; i++)
            {
                value = items.TryGet(range[i], out var itemValue) && ValueComparer<T>.AreEqual(operandValue, itemValue);
            }
        }

        return true;
    }
}

/// <summary>Evaluates <c>in</c> over structured values.</summary>
internal sealed class InStructuredCollectionNode(RowNode operand, CollectionNode collection) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var row = operand.GetRow(context);
        value = false;
        if (row < 0)
        {
            return true;
        }

        var range = collection.GetRows(context);
        context.Budget.ConsumeSteps(range.Count, 1);
        for (var i = 0; i < range.Count && !value; i++)
        {
            value = EqualRowsNode.AreEqual(operand.Table, row, collection.Table, range[i]);
        }

        return true;
    }
}

/// <summary>Tests whether any of the conditions is true; none of them is ever null.</summary>
internal sealed class AnyConditionNode(Node<bool>[] conditions) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = false;
        for (var i = 0; i < conditions.Length && !value; i++)
        {
            _ = conditions[i].TryGet(context, out value);
        }

        return true;
    }
}

/// <summary>Evaluates any and all (OData 4.01 Part 2, 5.1.1.13); any without a predicate is true if there is an item.</summary>
internal sealed class LambdaNode(CollectionNode collection, int slot, Node<bool>? predicate, int nodeCount, bool isAll) : Node<bool>
{
    public Node<bool>? Predicate { get; } = predicate;

    public int NodeCount { get; } = nodeCount;

    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var range = collection.GetRows(context);
        value = isAll;
        if (Predicate is null)
        {
            value = range.Count > 0;
            return true;
        }

        context.Budget.ConsumeSteps(range.Count, NodeCount);
        for (var i = 0; i < range.Count; i++)
        {
            context.Rows[slot] = range[i];
            var isTrue = Predicate.TryGet(context, out var result) && result;
            if (isTrue != isAll)
            {
                value = isTrue;
                return true;
            }
        }

        return true;
    }
}

/// <summary>Counts the items that pass a filter and a search.</summary>
internal sealed class CountNode(CollectionNode collection, int slot, Node<bool>? filter, int nodeCount, SearchMatcher? search) : Node<long>
{
    public override bool TryGet(EvaluationContext context, out long value)
    {
        var range = collection.GetRows(context);
        value = range.Count;
        if (filter is null && search is null)
        {
            return true;
        }

        context.Budget.ConsumeSteps(range.Count, nodeCount);
        value = 0;
        for (var i = 0; i < range.Count; i++)
        {
            if (filter is not null)
            {
                context.Rows[slot] = range[i];
                if (!filter.TryGet(context, out var isTrue) || !isTrue)
                {
                    continue;
                }
            }

            if (search is null || search.Matches(range[i]))
            {
                value++;
            }
        }

        return true;
    }
}
