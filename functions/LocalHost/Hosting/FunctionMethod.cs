using System.Reflection;

namespace ServiceOffices.LocalHost.Hosting;

/// <summary>A function of a type, with its name and trigger.</summary>
internal sealed class FunctionMethod
{
    private readonly MethodInfo method;
    private readonly ParameterInfo[] parameters;
    private readonly ObjectFactory factory;

    private FunctionMethod(MethodInfo method, string name)
    {
        this.method = method;
        parameters = method.GetParameters();
        factory = ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);
        Name = name;
        Http = FindTrigger<HttpTriggerAttribute>();
        Timer = FindTrigger<TimerTriggerAttribute>();
        if (method.ReturnType != typeof(Task))
        {
            throw CreateInvalidFunctionException("must return Task");
        }

        if ((Http is null) == (Timer is null))
        {
            throw CreateInvalidFunctionException("must have one trigger: HttpTrigger or TimerTrigger");
        }
    }

    public string Name { get; }

    public HttpTriggerAttribute? Http { get; }

    public TimerTriggerAttribute? Timer { get; }

    /// <summary>Finds the functions of the types, in ordinal order of their names, as the Functions host tries them.</summary>
    /// <exception cref="InvalidOperationException">A function has an unsupported signature, or two functions have the same name.</exception>
    public static IReadOnlyList<FunctionMethod> Discover(IEnumerable<Type> types)
    {
        var functions = (
            from type in types
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            select new FunctionMethod(method, function.Name)).ToList();
        functions.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        if (functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } duplicate)
            throw new InvalidOperationException($"Function names must be unique; '{duplicate.Key}' is used more than once.");
        return functions;
    }

    /// <summary>Calls the function on a new instance of its class.</summary>
    /// <param name="services">Provides the constructor parameters of the class.</param>
    /// <param name="triggerValue">The argument of the trigger: an HttpRequest or a <see cref="TimerInfo"/>.</param>
    /// <param name="cancellationToken">Passed to the function if it has such a parameter.</param>
    public Task InvokeAsync(IServiceProvider services, object triggerValue, CancellationToken cancellationToken)
    {
        var arguments = new object[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = parameters[i].ParameterType == typeof(CancellationToken) ? cancellationToken : triggerValue;
        return (Task)method.Invoke(factory(services, null), BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    private T? FindTrigger<T>()
        where T : Attribute
    {
        T? found = null;
        foreach (var parameter in parameters)
        {
            if (parameter.GetCustomAttribute<T>() is { } trigger)
            {
                found = trigger;
            }
            else if (parameter.ParameterType != typeof(CancellationToken) && !parameter.GetCustomAttributes().Any(IsTrigger))
                throw CreateInvalidFunctionException($"has a parameter '{parameter.Name}' that is neither its trigger nor a CancellationToken");
        }

        return found;
    }

    private static bool IsTrigger(Attribute attribute) => attribute is HttpTriggerAttribute or TimerTriggerAttribute;

    private InvalidOperationException CreateInvalidFunctionException(string reason) => new($"Function '{Name}' ({method.DeclaringType!.Name}.{method.Name}) {reason}.");
}
