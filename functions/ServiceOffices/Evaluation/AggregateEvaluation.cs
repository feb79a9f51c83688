using System.Globalization;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Evaluates one aggregate over rows (OData Data Aggregation 4.0, 3.2.1). Nulls do not count.</summary>
internal sealed class AggregateEvaluation
{
    private readonly Aggregate aggregate;
    private readonly int slot;
    private readonly RunNode? collection;
    private readonly int itemSlot;
    private readonly Node? value;

    public AggregateEvaluation(Compiler compiler, int slot, Aggregate aggregate)
    {
        this.aggregate = aggregate;
        this.slot = slot;
        if (aggregate.Collection is not null)
        {
            collection = compiler.Run(aggregate.Collection);
            if (aggregate.Item is not null)
            {
                compiler.Bind(aggregate.Item, collection.Table);
                itemSlot = aggregate.Item.Slot;
            }
        }

        value = aggregate.Value is null ? null : compiler.Compile(aggregate.Value);
    }

    /// <summary>The aggregate as the CLR type of its result; null where the standard says null.</summary>
    public object? Over(ReadOnlySpan<int> rows, int[] scope)
    {
        if (value is null)
        {
            return To(aggregate.ResultType, Count(rows, scope));
        }

        return ByKind.Do(aggregate.Value!.Type!, new Fold(this, rows.ToArray(), scope));
    }

    private long Count(ReadOnlySpan<int> rows, int[] scope)
    {
        if (collection is null)
        {
            return rows.Length;
        }

        // An item that several rows share is counted once (3.2.1.1: the collection is the union of the rows').
        var items = new HashSet<int>();
        foreach (var row in rows)
        {
            scope[slot] = row;
            var run = collection.Rows(scope);
            for (var i = 0; i < run.Count; i++)
            {
                items.Add(run[i]);
            }
        }

        return items.Count;
    }

    private List<T> Values<T>(int[] rows, int[] scope)
    {
        var node = (Node<T>)value!;
        var values = new List<T>(rows.Length);
        var seen = collection is null ? null : new HashSet<int>();
        foreach (var row in rows)
        {
            scope[slot] = row;
            if (collection is null)
            {
                if (node.TryGet(scope, out var own))
                {
                    values.Add(own);
                }

                continue;
            }

            var run = collection.Rows(scope);
            for (var i = 0; i < run.Count; i++)
            {
                scope[itemSlot] = run[i];
                if (seen!.Add(run[i]) && node.TryGet(scope, out var item))
                {
                    values.Add(item);
                }
            }
        }

        return values;
    }

    private static object? To(DataType type, object? value) => (type, value) switch
    {
        (_, null) => null,
        (PrimitiveType { Kind: PrimitiveKind.Int64 }, _) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Int32 }, _) => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Decimal }, _) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Double }, _) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Single }, _) => Convert.ToSingle(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private readonly record struct Fold(AggregateEvaluation Aggregate, int[] Rows, int[] Scope) : ByKind.IWork<object?>
    {
        public object? Do<T>()
        {
            var values = Aggregate.Values<T>(Rows, Scope);
            var type = Aggregate.aggregate.ResultType;
            try
            {
                return Aggregate.aggregate.Method switch
                {
                    AggregateMethod.CountDistinct => To(type, (long)new HashSet<T>(values, ValueOrder<T>.Equality).Count),
                    AggregateMethod.Count => To(type, (long)values.Count),
                    _ when values.Count == 0 => null,
                    AggregateMethod.Min => values.Aggregate((one, two) => ValueOrder<T>.Compare(two, one) < 0 ? two : one),
                    AggregateMethod.Max => values.Aggregate((one, two) => ValueOrder<T>.Compare(two, one) > 0 ? two : one),
                    AggregateMethod.Sum => To(type, Sum(values)),
                    _ => To(type, Average(values)),
                };
            }
            catch (OverflowException)
            {
                // A sum beyond its type has no value.
                return null;
            }
        }

        private static object Sum<T>(List<T> values) => values switch
        {
            List<double> doubles => doubles.Sum(),
            List<float> floats => floats.Sum(value => (double)value),
            List<decimal> decimals => decimals.Sum(),
            List<TimeSpan> durations => TimeSpan.FromTicks(durations.Sum(duration => duration.Ticks)),
            _ => values.Sum(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        };

        private static object Average<T>(List<T> values) => Sum(values) switch
        {
            double sum => sum / values.Count,
            TimeSpan sum => sum / values.Count,
            decimal sum => sum / values.Count,
            var sum => sum,
        };
    }
}
